import type { Exited } from './event.ts';
import { restartDelay, type RestartPolicy } from './restart-policy.ts';
import {
  factsOf,
  type Facts,
  type LastExit,
  type Lifecycle,
  type Running,
  type Starting,
  type Stopping,
} from './state.ts';
import { afterStop, ignore, respawn, to, type EventOf, type Transition } from './step.ts';

/** No program was executed. What an operator has to cure is an error at once when the operator is at hand. */
export function onSpawnFailed(
  lifecycle: Lifecycle,
  event: EventOf<'spawnFailed'>,
  policy: RestartPolicy,
): Transition {
  if (lifecycle.state === 'stopping') return afterStop(lifecycle, lifecycle);
  if (lifecycle.state !== 'starting') return ignore(lifecycle);
  const attended = lifecycle.cause === 'start' || lifecycle.cause === 'operator';
  if (event.permanent && attended) {
    return to({ ...factsOf(lifecycle), state: 'error', reason: event.reason });
  }
  return afterFailure(factsOf(lifecycle), event, event.reason, policy);
}

/** The child is gone. */
export function onExited(lifecycle: Lifecycle, event: Exited, policy: RestartPolicy): Transition {
  switch (lifecycle.state) {
    case 'starting':
      return event.ran
        ? afterUnaskedExit(lifecycle, event, policy)
        : respawn(lifecycle, lifecycle.cause);
    case 'running':
      return afterUnaskedExit(lifecycle, event, policy);
    case 'stopping': {
      const lastExit = event.ran ? lastExitOf(event, lifecycle) : lifecycle.lastExit;
      return afterStop(lifecycle, { ...factsOf(lifecycle), lastExit });
    }
    case 'stopped':
    case 'upgrading':
    case 'crashed':
    case 'error':
      return ignore(lifecycle);
  }
}

function afterUnaskedExit(
  lifecycle: Facts & (Starting | Running),
  event: Exited,
  policy: RestartPolicy,
): Transition {
  const facts = { ...factsOf(lifecycle), lastExit: lastExitOf(event, null) };
  const how = describeExit(event);
  const clean = event.code === 0;
  if (clean && policy.restart !== 'always') {
    return to({ ...facts, state: 'stopped', reason: `the node ended by itself: ${how}` });
  }
  const stable = event.uptimeMs !== null && event.uptimeMs >= policy.restartResetMs;
  return afterFailure(stable ? { ...facts, failures: 0 } : facts, event, how, policy);
}

function afterFailure(
  before: Facts,
  failure: { readonly at: number; readonly seenAt?: number; readonly jitter: number },
  how: string,
  policy: RestartPolicy,
): Transition {
  const failures = before.failures + 1;
  const facts = { ...before, failures };
  if (policy.restart === 'never') {
    return to({ ...facts, state: 'error', reason: `${how}; automatic restart is off` });
  }
  if (failures > policy.maxRestarts) {
    const tried = `restarts in a row that did not help: ${policy.maxRestarts}`;
    return to({ ...facts, state: 'error', reason: `${how}; ${tried}` });
  }
  const { generation } = facts;
  const now = failure.seenAt ?? failure.at;
  const dueAt = Math.max(now, failure.at + restartDelay(failures, failure.jitter, policy));
  const delayMs = dueAt - now;
  return to(
    { ...facts, state: 'crashed', dueAt, reason: how },
    { type: 'startTimer', timer: 'restart', generation, delayMs },
  );
}

function lastExitOf(event: Exited, asked: Stopping | null): LastExit {
  const { code, signal, at, uptimeMs } = event;
  return { code, signal, at, uptimeMs, asked: asked !== null, forced: asked?.killed ?? false };
}

function describeExit({ code, signal }: Exited): string {
  if (signal !== null) return `ended by ${signal}`;
  return code === null ? 'ended, exit status unknown' : `exit code ${code}`;
}
