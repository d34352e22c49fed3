import type { Effect } from './effect.ts';
import { holdCheckMs, longestRestartDelay, type RestartPolicy } from './restart-policy.ts';
import type { Crashed, Facts, Lifecycle, NodeRun, Running, Starting, Stopping } from './state.ts';
import {
  afterStop,
  begin,
  ignore,
  killTimer,
  respawn,
  terminate,
  to,
  type EventOf,
  type Transition,
} from './step.ts';

/**
 * Timers and watches ended with the earlier supervisor: they are armed again from the record.
 * A child that is gone changes nothing yet; how it ended follows as an event of its own.
 */
export function onRecovered(
  lifecycle: Lifecycle,
  { at, found }: EventOf<'recovered'>,
  policy: RestartPolicy,
): Transition {
  switch (lifecycle.state) {
    case 'starting':
      if (lifecycle.run === null) return respawn(lifecycle, lifecycle.cause);
      return found === 'alive' ? adopt(lifecycle, lifecycle.run) : ignore(lifecycle);
    case 'running':
      return found === 'alive' ? adopt(lifecycle, lifecycle.run) : ignore(lifecycle);
    case 'stopping':
      if (lifecycle.run === null) return afterStop(lifecycle, lifecycle);
      return found === 'alive' ? adoptStopping(lifecycle, lifecycle.run, at) : ignore(lifecycle);
    case 'crashed':
      return waitAgain(lifecycle, at, policy);
    case 'upgrading':
      // Whoever drives the upgrade goes on from its plan; where that was lost, the node must not stay down for it.
      return lifecycle.upgrade !== undefined || lifecycle.desired === 'down'
        ? ignore(lifecycle)
        : begin(lifecycle, 'operator');
    case 'stopped':
    case 'error':
      return ignore(lifecycle);
  }
}

function adopt(lifecycle: Facts & (Starting | Running), before: NodeRun): Transition {
  const run = { ...before, adopted: true };
  return to({ ...lifecycle, run }, { type: 'watch', generation: lifecycle.generation, run });
}

function adoptStopping(lifecycle: Facts & Stopping, before: NodeRun, at: number): Transition {
  const { generation } = lifecycle;
  const run = { ...before, adopted: true };
  const watch: Effect = { type: 'watch', generation, run };
  if (lifecycle.killedFor !== null) return to({ ...lifecycle, run }, watch, { type: 'kill', run });
  const ask: Effect = lifecycle.asked
    ? { type: 'followStop', generation, run }
    : terminate(lifecycle, run);
  const [timer] = killTimer(lifecycle, at);
  if (timer === undefined) return to({ ...lifecycle, run }, watch, ask);
  return to({ ...lifecycle, run, killAt: at + timer.delayMs }, watch, ask, timer);
}

/** A clock that jumped may have put the due time far into the future: the wait is never longer than the policy's. */
function waitAgain(lifecycle: Facts & Crashed, at: number, policy: RestartPolicy): Transition {
  const { hold = false, failures } = lifecycle;
  const longest = hold ? holdCheckMs : longestRestartDelay(failures, policy);
  const delayMs = Math.min(Math.max(0, lifecycle.dueAt - at), longest);
  const { generation } = lifecycle;
  const timer: Effect = { type: 'startTimer', timer: 'restart', generation, delayMs };
  return to({ ...lifecycle, dueAt: at + delayMs }, timer);
}
