import { outlivedWords, strayWords } from '../survivor-words.ts';
import { describeExit } from './describe-exit.ts';
import type { Exited } from './event.ts';
import { holdCheckMs, restartDelay, type RestartPolicy } from './restart-policy.ts';
import {
  factsOf,
  type ExitCause,
  type Facts,
  type LastExit,
  type Lifecycle,
  type Running,
  type Starting,
  type Stopping,
} from './state.ts';
import { afterStop, ignore, respawn, to, type EventOf, type Transition } from './step.ts';

/** No program was executed. What only an operator can fix is an error at once when an operator started it. */
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

/** The child is gone, and all that it started. */
export function onExited(lifecycle: Lifecycle, event: Exited, policy: RestartPolicy): Transition {
  switch (lifecycle.state) {
    case 'starting':
      return event.ran
        ? afterUnaskedExit(lifecycle, event, 'unasked', policy)
        : respawn(lifecycle, lifecycle.cause);
    case 'running':
      return afterUnaskedExit(lifecycle, event, 'unasked', policy);
    case 'stopping':
      return afterStoppingExit(lifecycle, event, policy);
    case 'stopped':
    case 'upgrading':
    case 'crashed':
    case 'error':
      return ignore(lifecycle);
  }
}

function afterStoppingExit(
  lifecycle: Facts & Stopping,
  event: Exited,
  policy: RestartPolicy,
): Transition {
  const cause = causeOf(event, lifecycle);
  if (lifecycle.then === 'policy' || event.left.length > 0) {
    const command = lifecycle.next ?? lifecycle.command;
    const { lifecycle: next, effects } = afterUnaskedExit(
      { ...lifecycle, command },
      event,
      cause,
      policy,
    );
    return to(next, { type: 'cancelTimer', timer: 'kill' }, ...effects);
  }
  const lastExit = event.ran ? lastExitOf(event, cause) : lifecycle.lastExit;
  const reason = `${lifecycle.reason}${outlivedWords(lifecycle.survivors)}`;
  return afterStop({ ...lifecycle, reason }, { ...factsOf(lifecycle), lastExit });
}

function afterUnaskedExit(
  lifecycle: Facts & (Starting | Running | Stopping),
  event: Exited,
  cause: ExitCause,
  policy: RestartPolicy,
): Transition {
  const lastExit = lastExitOf(event, cause);
  const facts = { ...factsOf(lifecycle), lastExit };
  const { survivors } = lifecycle.state === 'stopping' ? lifecycle : {};
  const { diagnosis } = lastExit;
  const seen = `${describeExit(event)}${outlivedWords(survivors)}`;
  const how = diagnosis === undefined ? seen : `${diagnosis.summary} (${seen})`;
  // Nothing that is done here can cure it, and a second node must not run beside it.
  if (event.left.length > 0)
    return to({ ...facts, state: 'error', reason: strayWords(event.left) });
  if (diagnosis?.class === 'never') return to({ ...facts, state: 'error', reason: how });
  const waits = diagnosis?.class === 'hold' || diagnosis?.class === 'short';
  if (waits && policy.restart !== 'never' && facts.command !== null) {
    return afterObstacle(lifecycle, facts, event, how, policy);
  }
  const clean = event.code === 0 && !policy.failureCauses.includes(diagnosis?.cause ?? '');
  if (clean && policy.restart !== 'always') {
    return to({ ...facts, state: 'stopped', reason: `the node ended by itself: ${how}` });
  }
  return afterFailure(forgiven(facts, event, policy), event, how, policy);
}

/** Earlier failures are forgotten once the node has been well for long enough. */
function forgiven<T extends Facts>(facts: T, { uptimeMs }: Exited, policy: RestartPolicy): T {
  return uptimeMs >= policy.restartResetMs ? { ...facts, failures: 0 } : facts;
}

/**
 * A condition keeps the node from running: its end is no failure, unless it comes back although it was seen to have cleared. A short
 * one may have cleared by the first restart.
 */
function afterObstacle(
  { lastExit: before }: Facts,
  facts: Facts & { readonly lastExit: LastExit },
  event: Exited,
  how: string,
  policy: RestartPolicy,
): Transition {
  const { diagnosis } = facts.lastExit;
  const isKnown = before?.diagnosis?.cause === diagnosis?.cause;
  if (isKnown && event.uptimeMs < policy.restartResetMs) {
    return held(afterFailure(facts, event, how, policy));
  }
  const fresh = forgiven(facts, event, policy);
  return diagnosis?.class === 'short'
    ? later(fresh, event, how, restartDelay(1, event.jitter, policy))
    : held(later(fresh, event, how, holdCheckMs));
}

function afterFailure(
  before: Facts,
  failure: Failure,
  how: string,
  policy: RestartPolicy,
): Transition {
  if (before.command === null) {
    const reason = `${how}; what to start it with is not known, as its record was lost`;
    return to({ ...before, state: 'error', reason });
  }
  const failures = before.failures + 1;
  const facts = { ...before, failures };
  if (policy.restart === 'never') {
    return to({ ...facts, state: 'error', reason: `${how}; automatic restart is off` });
  }
  if (failures > policy.maxRestarts) {
    return to({ ...facts, state: 'error', reason: `${how}; ${gaveUp(policy.maxRestarts)}` });
  }
  return later(facts, failure, how, restartDelay(failures, failure.jitter, policy));
}

/** When something failed, and when that was known. */
interface Failure {
  readonly at: number;
  readonly classifiedAt?: number;
  readonly jitter: number;
}

/** A restart that is due so many milliseconds after the failure, and not in the past. */
function later(
  facts: Facts,
  { at, classifiedAt: now = at }: Failure,
  reason: string,
  afterMs: number,
): Transition {
  const dueAt = Math.max(now, at + afterMs);
  const { generation } = facts;
  return to(
    { ...facts, state: 'crashed', dueAt, reason },
    { type: 'startTimer', timer: 'restart', generation, delayMs: dueAt - now },
  );
}

/** A restart that waits, when its time has come, until its condition has cleared. */
function held({ lifecycle, effects }: Transition): Transition {
  return lifecycle.state === 'crashed'
    ? to({ ...lifecycle, hold: true }, ...effects)
    : { lifecycle, effects };
}

const gaveUp = (restarts: number): string =>
  `gave up after ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;

function lastExitOf(event: Exited, cause: ExitCause): LastExit {
  const { code, signal, at, uptimeMs } = event;
  const { lastLine, diagnosis } = event.findings;
  const exit = { code, signal, cause, at, uptimeMs, lastLine };
  // What ended because it was asked to needs no explanation.
  return diagnosis === undefined || cause !== 'unasked' ? exit : { ...exit, diagnosis };
}

/** A request only counts when its signal reached the node: it may have ended by itself a moment before. */
function causeOf(event: Exited, { asked, killedFor, survivors = [] }: Stopping): ExitCause {
  const byForce = event.killed && (mayBeKilled(event) || survivors.length > 0);
  if (killedFor !== null && byForce) return killedFor;
  return asked ? 'asked' : 'unasked';
}

/** 137 is what the recorder ends with after SIGKILL when its record could not be written (a full disk). */
function mayBeKilled({ code, signal }: Exited): boolean {
  return signal === 'SIGKILL' || code === 137 || (code === null && signal === null);
}
