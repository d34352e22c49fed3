import type { Effect } from './effect.ts';
import { allowsHealthRestart, recentHealthRestarts, type RestartPolicy } from './restart-policy.ts';
import { factsOf, type Facts, type Lifecycle, type Stopping } from './state.ts';
import { begin, cleared, ignore, kill, stop, to, type EventOf, type Transition } from './step.ts';

const cancelRestart: Effect = { type: 'cancelTimer', timer: 'restart' };

/** The operator wants the node up; earlier failures are forgotten. */
export function onStartRequested(
  lifecycle: Lifecycle,
  { command }: EventOf<'startRequested'>,
): Transition {
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      // A node whose record lost its command is started with this one from its next start on.
      return lifecycle.command === null ? to({ ...lifecycle, command }) : ignore(lifecycle);
    case 'stopping':
      return to({ ...cleared(lifecycle), desired: 'up', then: 'start', next: command });
    case 'upgrading':
      return to({ ...cleared(lifecycle), desired: 'up', command });
    case 'crashed':
      return begin({ ...cleared(lifecycle), command }, 'start', cancelRestart);
    case 'stopped':
    case 'error':
      return begin({ ...cleared(lifecycle), command }, 'start');
  }
}

/** The operator wants the node down. */
export function onStopRequested(
  lifecycle: Lifecycle,
  event: EventOf<'stopRequested'>,
  policy: RestartPolicy,
): Transition {
  const reason = `stopped by ${event.source ?? 'the operator'}`;
  const down = { ...factsOf(lifecycle), desired: 'down' } as const;
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return stop(down, lifecycle.run, { ...event, then: 'rest', reason }, policy);
    case 'stopping':
      return stopAgain({ ...lifecycle, desired: 'down', then: 'rest', reason }, event);
    case 'upgrading':
      return to({ ...lifecycle, desired: 'down' });
    case 'crashed':
      return to({ ...down, state: 'stopped', reason }, cancelRestart);
    case 'error':
      return to({ ...down, state: 'stopped', reason });
    case 'stopped':
      return lifecycle.desired === 'down'
        ? ignore(lifecycle)
        : to({ ...lifecycle, desired: 'down' });
  }
}

/** The node is to end and to be started again. */
export function onRestartRequested(
  lifecycle: Lifecycle,
  event: EventOf<'restartRequested'>,
  policy: RestartPolicy,
): Transition {
  if (event.cause === 'health') return onHealthRestart(lifecycle, event, policy);
  const reason = event.reason ?? 'restarted by the operator';
  const up = { ...factsOf(lifecycle), desired: 'up', failures: 0 } as const;
  const next = event.command ?? null;
  const command = next ?? lifecycle.command;
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return stop(up, lifecycle.run, { ...event, then: 'operator', reason, next }, policy);
    case 'stopping':
      return to({ ...lifecycle, ...up, then: 'operator', reason, next: next ?? lifecycle.next });
    case 'upgrading':
      return to({ ...lifecycle, ...up, command });
    case 'crashed':
      return begin({ ...up, command }, 'operator', cancelRestart);
    case 'stopped':
    case 'error':
      return begin({ ...up, command }, 'operator');
  }
}

function onHealthRestart(
  lifecycle: Lifecycle,
  event: EventOf<'restartRequested'>,
  policy: RestartPolicy,
): Transition {
  const { at } = event;
  const allowed = allowsHealthRestart(lifecycle.healthRestarts, at, policy);
  if (lifecycle.state !== 'running' || !allowed) return ignore(lifecycle);
  const recent = recentHealthRestarts(lifecycle.healthRestarts, at, policy);
  const facts = { ...lifecycle, healthRestarts: [...recent, at] };
  const reason = event.reason ?? 'restarted because it was unhealthy';
  const next = event.command ?? null;
  return stop(facts, lifecycle.run, { ...event, then: 'health', reason, next }, policy);
}

/** The node is to end so that its program can be exchanged. */
export function onUpgradeRequested(
  lifecycle: Lifecycle,
  { at, upgrade }: EventOf<'upgradeRequested'>,
  policy: RestartPolicy,
): Transition {
  const facts = { ...factsOf(lifecycle), upgrade };
  const reason = 'stopped for an upgrade';
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return stop(facts, lifecycle.run, { then: 'upgrade', reason, at }, policy);
    case 'stopping':
      return to({ ...lifecycle, upgrade, then: 'upgrade', reason });
    case 'crashed':
      return to({ ...facts, state: 'upgrading' }, cancelRestart);
    case 'stopped':
    case 'error':
      return to({ ...facts, state: 'upgrading' });
    case 'upgrading':
      return to({ ...lifecycle, upgrade });
  }
}

/** The program was exchanged, or put back: the command that is to run from now on is. */
export function onUpgradeFinished(
  lifecycle: Lifecycle,
  { command, upgrade }: EventOf<'upgradeFinished'>,
): Transition {
  if (lifecycle.state !== 'upgrading') return ignore(lifecycle);
  // What was counted against the program before it is not counted against this one.
  const facts = { ...factsOf(lifecycle), failures: 0, command, upgrade };
  return facts.desired === 'up'
    ? begin(facts, 'operator')
    : to({ ...facts, state: 'stopped', reason: 'upgraded while it was down' });
}

/** A further stop may shorten the grace period or end it, never lengthen it. */
function stopAgain(lifecycle: Facts & Stopping, event: EventOf<'stopRequested'>): Transition {
  if (lifecycle.killedFor !== null || lifecycle.run === null) return to(lifecycle);
  if (event.force === true) return kill(lifecycle, 'forced');
  const { generation } = lifecycle;
  const delayMs = event.timeoutMs ?? 0;
  const killAt = event.at + delayMs;
  const sooner = lifecycle.killAt === null || killAt < lifecycle.killAt;
  if (delayMs === 0 || !sooner) return to(lifecycle);
  const timer: Effect = { type: 'startTimer', timer: 'kill', generation, delayMs };
  const { extendUntil: _chosen, ...stopping } = lifecycle;
  return to({ ...stopping, graceMs: delayMs, killAt }, timer);
}
