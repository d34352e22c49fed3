import type { NodeCommand } from '../node-command.ts';
import type { Effect } from './effect.ts';
import type { LifecycleEvent } from './event.ts';
import type { RestartPolicy } from './restart-policy.ts';
import {
  factsOf,
  type Facts,
  type KillCause,
  type Lifecycle,
  type NodeRun,
  type StartCause,
  type Stopping,
} from './state.ts';

/** What follows from an event. */
export interface Transition {
  readonly lifecycle: Lifecycle;
  readonly effects: readonly Effect[];
}

/** The event of one name. */
export type EventOf<T extends LifecycleEvent['type']> = Extract<LifecycleEvent, { type: T }>;

/** A new lifecycle and its effects, in this order. */
export const to = (lifecycle: Lifecycle, ...effects: readonly Effect[]): Transition => ({
  lifecycle,
  effects,
});

/** The event has no meaning in this state: the same object and no effects. */
export const ignore = (lifecycle: Lifecycle): Transition => ({ lifecycle, effects: [] });

/** An operator's start forgets what went wrong before. */
export function cleared<T extends Facts>(lifecycle: T): T {
  return {
    ...lifecycle,
    restarts: { crash: 0, health: 0, operator: 0 },
    failures: 0,
    healthRestarts: [],
  };
}

/** Spawns again and counts it as a restart of its cause. */
export function begin(facts: Facts, cause: StartCause, ...effects: readonly Effect[]): Transition {
  const { restarts } = facts;
  const counted = cause === 'start' ? restarts : { ...restarts, [cause]: restarts[cause] + 1 };
  return respawn({ ...facts, restarts: counted }, cause, ...effects);
}

/** Spawns in place of a child that never executed the node: nothing is counted. */
export function respawn(
  facts: Facts,
  cause: StartCause,
  ...effects: readonly Effect[]
): Transition {
  const generation = facts.generation + 1;
  const starting = {
    ...factsOf(facts),
    desired: 'up',
    generation,
    state: 'starting',
    run: null,
    cause,
  } as const;
  return to(starting, ...effects, { type: 'spawn', generation, command: facts.command });
}

/** One order to end the node. */
export interface StopOrder {
  readonly then: Stopping['then'];
  readonly reason: string;
  readonly at: number;
  readonly timeoutMs?: number | undefined;
  readonly force?: boolean | undefined;
  /** Replaces the command for the next spawn. */
  readonly next?: NodeCommand | null;
}

/** Asks the node to end: SIGTERM once and a grace period, or SIGKILL at once when forced. */
export function stop(
  facts: Facts,
  run: NodeRun | null,
  order: StopOrder,
  policy: RestartPolicy,
): Transition {
  const stopping = stoppingOf(facts, run, order, policy);
  if (run === null) return to(stopping);
  if (order.force === true) return kill(stopping, 'forced');
  return to(stopping, terminate(stopping, run), ...killTimer(stopping, order.at));
}

/** Longest wait in milliseconds until a node can take a SIGTERM: most have started by then, and some programs never ask for it. */
export const longestWaitMs = 60_000;

/** Asks for the SIGTERM, which waits for half of the grace period at most: the rest of it is the node's. */
export function terminate({ generation, graceMs }: Facts & Stopping, run: NodeRun): Effect {
  const waitMs = graceMs > 0 ? Math.min(longestWaitMs, graceMs / 2) : longestWaitMs;
  return { type: 'terminate', generation, run, waitMs };
}

/** The state of a node that is to end, before any of it is carried out. */
export function stoppingOf(
  facts: Facts,
  run: NodeRun | null,
  { then, reason, at, timeoutMs, force = false, next = null }: StopOrder,
  policy: RestartPolicy,
): Facts & Stopping {
  const graceMs = force ? 0 : (timeoutMs ?? policy.stopTimeoutMs);
  // A grace period that somebody chose for this stop is kept as it is.
  const canExtend = timeoutMs === undefined && graceMs > 0 && policy.stopTimeoutMaxMs > graceMs;
  return {
    ...factsOf(facts),
    state: 'stopping',
    run,
    then,
    reason,
    asked: false,
    killedFor: null,
    next,
    graceMs,
    killAt: run !== null && graceMs > 0 ? at + graceMs : null,
    ...(canExtend && { extendUntil: at + policy.stopTimeoutMaxMs }),
  };
}

/** The timer for what is left of the grace period, if it has an end; never longer than the whole, whatever the clock did. */
export function killTimer(
  { generation, killAt, graceMs }: Facts & Stopping,
  at: number,
): readonly Extract<Effect, { type: 'startTimer' }>[] {
  if (killAt === null) return [];
  const delayMs = Math.min(Math.max(0, killAt - at), graceMs);
  return [{ type: 'startTimer', timer: 'kill', generation, delayMs }];
}

/** Orders SIGKILL. */
export function kill(lifecycle: Facts & Stopping, killedFor: KillCause): Transition {
  if (lifecycle.run === null) return ignore(lifecycle);
  return to(
    { ...lifecycle, killedFor, killAt: null },
    { type: 'cancelTimer', timer: 'kill' },
    { type: 'kill', run: lifecycle.run },
  );
}

/** The node is gone after a stop: go on with what was to follow. */
export function afterStop(lifecycle: Facts & Stopping, before: Facts): Transition {
  const facts = { ...factsOf(before), command: lifecycle.next ?? before.command };
  const cancel: Effect = { type: 'cancelTimer', timer: 'kill' };
  switch (lifecycle.then) {
    case 'rest':
    case 'policy': // an end that nobody asked for is decided on where it is seen; here there was no child
      return to({ ...facts, state: 'stopped', reason: lifecycle.reason }, cancel);
    case 'upgrade':
      return to({ ...facts, state: 'upgrading' }, cancel);
    case 'start':
    case 'operator':
    case 'health':
      return begin(facts, lifecycle.then, cancel);
  }
}
