import type { Effect } from './effect.ts';
import type { Exited, LifecycleEvent } from './event.ts';
import {
  allowsHealthRestart,
  longestRestartDelay,
  recentHealthRestarts,
  restartDelay,
  type RestartPolicy,
} from './restart-policy.ts';
import {
  factsOf,
  type Crashed,
  type Facts,
  type Lifecycle,
  type NodeRun,
  type Running,
  type StartCause,
  type Starting,
  type Stopping,
} from './state.ts';

/** What follows from an event. */
export interface Transition {
  readonly lifecycle: Lifecycle;
  readonly effects: readonly Effect[];
}

type EventOf<T extends LifecycleEvent['type']> = Extract<LifecycleEvent, { type: T }>;

/**
 * The whole lifecycle as a pure function: no clock, no process, no promise.
 * An event that means nothing in the present state gives back the same object and no effects.
 */
export function transition(
  lifecycle: Lifecycle,
  event: LifecycleEvent,
  policy: RestartPolicy,
): Transition {
  if ('generation' in event && event.generation !== lifecycle.generation) return ignore(lifecycle);
  switch (event.type) {
    case 'startRequested':
      return onStartRequested(lifecycle);
    case 'stopRequested':
      return onStopRequested(lifecycle, event, policy);
    case 'restartRequested':
      return onRestartRequested(lifecycle, event, policy);
    case 'upgradeRequested':
      return onUpgradeRequested(lifecycle, event, policy);
    case 'upgradeFinished':
      return onUpgradeFinished(lifecycle, event);
    case 'spawned':
      return onSpawned(lifecycle, event);
    case 'spawnFailed':
      return onSpawnFailed(lifecycle, event, policy);
    case 'becameReady':
      return lifecycle.state === 'starting' && lifecycle.run !== null
        ? to({ ...factsOf(lifecycle), state: 'running', run: lifecycle.run })
        : ignore(lifecycle);
    case 'terminationDelivered':
      return lifecycle.state === 'stopping' ? to({ ...lifecycle, asked: true }) : ignore(lifecycle);
    case 'exited':
      return onExited(lifecycle, event, policy);
    case 'timerFired':
      return onTimerFired(lifecycle, event);
    case 'recovered':
      return onRecovered(lifecycle, event, policy);
  }
}

const to = (lifecycle: Lifecycle, ...effects: readonly Effect[]): Transition => ({
  lifecycle,
  effects,
});
const ignore = (lifecycle: Lifecycle): Transition => ({ lifecycle, effects: [] });

function onStartRequested(lifecycle: Lifecycle): Transition {
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return ignore(lifecycle);
    case 'stopping':
      return to({ ...cleared(lifecycle), desired: 'up', then: 'start' });
    case 'upgrading':
      return to({ ...cleared(lifecycle), desired: 'up' });
    case 'crashed':
      return begin(cleared(lifecycle), 'start', { type: 'cancelTimer', timer: 'restart' });
    case 'stopped':
    case 'error':
      return begin(cleared(lifecycle), 'start');
  }
}

function onStopRequested(
  lifecycle: Lifecycle,
  event: EventOf<'stopRequested'>,
  policy: RestartPolicy,
): Transition {
  const reason = `stopped by ${event.source ?? 'the operator'}`;
  const down = { ...factsOf(lifecycle), desired: 'down' } as const;
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return stop(down, lifecycle.run, { then: 'rest', reason, ...event }, policy);
    case 'stopping':
      return stopAgain({ ...lifecycle, desired: 'down', then: 'rest', reason }, event);
    case 'upgrading':
      return to({ ...lifecycle, desired: 'down' });
    case 'crashed':
      return to({ ...down, state: 'stopped', reason }, { type: 'cancelTimer', timer: 'restart' });
    case 'error':
      return to({ ...down, state: 'stopped', reason });
    case 'stopped':
      return lifecycle.desired === 'down'
        ? ignore(lifecycle)
        : to({ ...lifecycle, desired: 'down' });
  }
}

function onRestartRequested(
  lifecycle: Lifecycle,
  event: EventOf<'restartRequested'>,
  policy: RestartPolicy,
): Transition {
  const { cause, at } = event;
  if (cause === 'health') {
    const allowed = allowsHealthRestart(lifecycle.healthRestarts, at, policy);
    if (lifecycle.state !== 'running' || !allowed) return ignore(lifecycle);
    const recent = recentHealthRestarts(lifecycle.healthRestarts, at, policy);
    const facts = { ...factsOf(lifecycle), healthRestarts: [...recent, at] };
    const reason = event.reason ?? 'restarted because it was unhealthy';
    return stop(facts, lifecycle.run, { ...event, then: 'health', reason }, policy);
  }
  const reason = event.reason ?? 'restarted by the operator';
  const up = { ...factsOf(lifecycle), desired: 'up', failures: 0 } as const;
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return stop(up, lifecycle.run, { ...event, then: 'operator', reason }, policy);
    case 'stopping':
      return to({ ...lifecycle, ...up, then: 'operator', reason });
    case 'upgrading':
      return to({ ...lifecycle, ...up });
    case 'crashed':
      return begin(up, 'operator', { type: 'cancelTimer', timer: 'restart' });
    case 'stopped':
    case 'error':
      return begin(up, 'operator');
  }
}

function onUpgradeRequested(
  lifecycle: Lifecycle,
  { at }: EventOf<'upgradeRequested'>,
  policy: RestartPolicy,
): Transition {
  const facts = factsOf(lifecycle);
  const reason = 'stopped for an upgrade';
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      return stop(facts, lifecycle.run, { then: 'upgrade', reason, at }, policy);
    case 'stopping':
      return to({ ...lifecycle, then: 'upgrade', reason });
    case 'crashed':
      return to({ ...facts, state: 'upgrading' }, { type: 'cancelTimer', timer: 'restart' });
    case 'stopped':
    case 'error':
      return to({ ...facts, state: 'upgrading' });
    case 'upgrading':
      return ignore(lifecycle);
  }
}

function onUpgradeFinished(
  lifecycle: Lifecycle,
  { failure }: EventOf<'upgradeFinished'>,
): Transition {
  if (lifecycle.state !== 'upgrading') return ignore(lifecycle);
  const facts = factsOf(lifecycle);
  if (failure !== null) return to({ ...facts, state: 'error', reason: failure });
  return facts.desired === 'up'
    ? begin(facts, 'operator')
    : to({ ...facts, state: 'stopped', reason: 'upgraded while it was down' });
}

function onSpawned(lifecycle: Lifecycle, { run, generation }: EventOf<'spawned'>): Transition {
  if (lifecycle.state === 'stopping' && lifecycle.run === null) {
    // The program was not executed yet: nothing needs a signal, the waiting child only has to end.
    return to({ ...lifecycle, run }, { type: 'abandon', generation });
  }
  if (lifecycle.state !== 'starting' || lifecycle.run !== null) return ignore(lifecycle);
  return to({ ...lifecycle, run }, { type: 'release', generation });
}

function onSpawnFailed(
  lifecycle: Lifecycle,
  event: EventOf<'spawnFailed'>,
  policy: RestartPolicy,
): Transition {
  if (lifecycle.state === 'stopping') return afterStop(lifecycle, factsOf(lifecycle));
  if (lifecycle.state !== 'starting') return ignore(lifecycle);
  const attended = lifecycle.cause === 'start' || lifecycle.cause === 'operator';
  if (event.permanent && attended) {
    return to({ ...factsOf(lifecycle), state: 'error', reason: event.reason });
  }
  return afterFailure(factsOf(lifecycle), event, event.reason, policy);
}

function onExited(lifecycle: Lifecycle, event: Exited, policy: RestartPolicy): Transition {
  switch (lifecycle.state) {
    case 'starting':
      return event.ran
        ? afterUnaskedExit(lifecycle, event, policy)
        : begin(factsOf(lifecycle), lifecycle.cause);
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

function onTimerFired(lifecycle: Lifecycle, { timer }: EventOf<'timerFired'>): Transition {
  if (timer === 'restart') {
    return lifecycle.state === 'crashed' ? begin(factsOf(lifecycle), 'crash') : ignore(lifecycle);
  }
  if (lifecycle.state !== 'stopping' || lifecycle.killed) return ignore(lifecycle);
  return kill(lifecycle);
}

/** Timers and watches died with the earlier supervisor: arm them again from what was written down. */
function onRecovered(
  lifecycle: Lifecycle,
  { at, found }: EventOf<'recovered'>,
  policy: RestartPolicy,
): Transition {
  const { generation } = lifecycle;
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
      if (lifecycle.run !== null)
        return found === 'alive' ? adopt(lifecycle, lifecycle.run) : ignore(lifecycle);
      return begin(factsOf(lifecycle), lifecycle.state === 'starting' ? lifecycle.cause : 'start');
    case 'stopping':
      if (lifecycle.run === null) return afterStop(lifecycle, factsOf(lifecycle));
      return found === 'alive'
        ? adoptStopping(lifecycle, lifecycle.run, at, policy)
        : ignore(lifecycle);
    case 'crashed': {
      // A clock that jumped may have put the due time into a far future: never wait longer than the policy says.
      const longest = longestRestartDelay(lifecycle.failures, policy);
      const delayMs = Math.min(Math.max(0, lifecycle.dueAt - at), longest);
      const crashed: Facts & Crashed = { ...lifecycle, dueAt: at + delayMs };
      return to(crashed, { type: 'startTimer', timer: 'restart', generation, delayMs });
    }
    case 'stopped':
    case 'upgrading':
    case 'error':
      return ignore(lifecycle);
  }
}

function adopt(lifecycle: Facts & (Starting | Running), before: NodeRun): Transition {
  const run = { ...before, adopted: true };
  return to({ ...lifecycle, run }, { type: 'watch', generation: lifecycle.generation, run });
}

function adoptStopping(
  lifecycle: Facts & Stopping,
  before: NodeRun,
  at: number,
  policy: RestartPolicy,
): Transition {
  const { generation } = lifecycle;
  const run = { ...before, adopted: true };
  const left = lifecycle.killAt === null ? null : Math.max(0, lifecycle.killAt - at);
  const delayMs = left === null ? null : Math.min(left, policy.stopTimeoutMs || left);
  const killAt = delayMs === null ? null : at + delayMs;
  const effects: Effect[] = [{ type: 'watch', generation, run }];
  if (lifecycle.killed) effects.push({ type: 'kill', run });
  else if (!lifecycle.asked) effects.push({ type: 'terminate', generation, run });
  if (!lifecycle.killed && delayMs !== null) {
    effects.push({ type: 'startTimer', timer: 'kill', generation, delayMs });
  }
  return to({ ...lifecycle, run, killAt }, ...effects);
}

/** An operator's start forgets what went wrong before. */
function cleared<T extends Facts>(lifecycle: T): T {
  return {
    ...lifecycle,
    restarts: { crash: 0, health: 0, operator: 0 },
    failures: 0,
    healthRestarts: [],
  };
}

function begin(facts: Facts, cause: StartCause, ...effects: readonly Effect[]): Transition {
  const generation = facts.generation + 1;
  const restarts =
    cause === 'start' ? facts.restarts : { ...facts.restarts, [cause]: facts.restarts[cause] + 1 };
  return to(
    { ...factsOf(facts), desired: 'up', generation, restarts, state: 'starting', run: null, cause },
    ...effects,
    { type: 'spawn', generation },
  );
}

interface StopOrder {
  readonly then: Stopping['then'];
  readonly reason: string;
  readonly at: number;
  readonly timeoutMs?: number | undefined;
  readonly force?: boolean | undefined;
}

function stop(
  facts: Facts,
  run: NodeRun | null,
  order: StopOrder,
  policy: RestartPolicy,
): Transition {
  const { then, reason, at, force = false } = order;
  const delayMs = order.timeoutMs ?? policy.stopTimeoutMs;
  const grace = run !== null && !force && delayMs > 0;
  const stopping: Facts & Stopping = {
    ...factsOf(facts),
    state: 'stopping',
    run,
    then,
    reason,
    asked: false,
    killed: false,
    killAt: grace ? at + delayMs : null,
  };
  if (run === null) return to(stopping);
  if (force) return kill(stopping);
  const { generation } = facts;
  const timer: Effect = { type: 'startTimer', timer: 'kill', generation, delayMs };
  return to(stopping, { type: 'terminate', generation, run }, ...(grace ? [timer] : []));
}

/** A further stop may shorten the grace period or end it, never lengthen it. */
function stopAgain(lifecycle: Facts & Stopping, event: EventOf<'stopRequested'>): Transition {
  if (lifecycle.killed || lifecycle.run === null) return to(lifecycle);
  if (event.force === true) return kill(lifecycle);
  const { generation } = lifecycle;
  const delayMs = event.timeoutMs ?? 0;
  const killAt = event.at + delayMs;
  if (delayMs === 0 || (lifecycle.killAt !== null && lifecycle.killAt <= killAt))
    return to(lifecycle);
  return to({ ...lifecycle, killAt }, { type: 'startTimer', timer: 'kill', generation, delayMs });
}

function kill(lifecycle: Facts & Stopping): Transition {
  if (lifecycle.run === null) return ignore(lifecycle);
  return to(
    { ...lifecycle, killed: true, killAt: null },
    { type: 'cancelTimer', timer: 'kill' },
    { type: 'kill', run: lifecycle.run },
  );
}

function afterStop(lifecycle: Facts & Stopping, facts: Facts): Transition {
  const cancel: Effect = { type: 'cancelTimer', timer: 'kill' };
  switch (lifecycle.then) {
    case 'rest':
      return to({ ...facts, state: 'stopped', reason: lifecycle.reason }, cancel);
    case 'upgrade':
      return to({ ...facts, state: 'upgrading' }, cancel);
    case 'start':
    case 'operator':
    case 'health':
      return begin(facts, lifecycle.then, cancel);
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
    const tried = `${policy.maxRestarts} restarts in a row did not help`;
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

function lastExitOf(event: Exited, asked: Stopping | null): NonNullable<Facts['lastExit']> {
  const { code, signal, at, uptimeMs } = event;
  return { code, signal, at, uptimeMs, asked: asked !== null, forced: asked?.killed ?? false };
}

function describeExit({ code, signal }: Exited): string {
  if (signal !== null) return `ended by ${signal}`;
  return code === null ? 'ended, exit status unknown' : `exit code ${code}`;
}
