import { createConditions, type Conditions } from './conditions.ts';
import { ProcessError } from './errors.ts';
import type { Effect } from './lifecycle/effect.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { RestartPolicy } from './lifecycle/restart-policy.ts';
import { initialLifecycle, type Lifecycle } from './lifecycle/state.ts';
import { transition } from './lifecycle/transition.ts';
import { snapshotOf, type LifecycleRecord, type LifecycleSnapshot } from './snapshot.ts';

/** One change of state, published after it was persisted and its effects were run. */
export interface LifecycleChange {
  readonly before: LifecycleSnapshot;
  readonly after: LifecycleSnapshot;
  /** What happened. */
  readonly event: LifecycleEvent;
}

/** What a store needs: the first state, and who persists it and runs its effects. */
export interface StoreOptions {
  readonly record?: LifecycleRecord | undefined;
  readonly policy: () => RestartPolicy;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly persist: (record: LifecycleRecord) => void;
  /** `persisted` is false when the new state could not be written. */
  readonly run: (effect: Effect, persisted: boolean) => void;
  readonly report: (error: ProcessError) => void;
}

/** The one writer of the state. */
export interface LifecycleStore {
  readonly lifecycle: Lifecycle;
  readonly dispatch: (event: LifecycleEvent) => void;
  readonly subscribe: (listener: (change: LifecycleChange) => void) => () => void;
  /** Resolves once the condition holds; rejects with DETACHED when the store closes before or is closed, and when the signal aborts. */
  readonly until: Conditions['until'];
  /** Evaluates the conditions again. */
  readonly settle: () => void;
  readonly persist: () => boolean;
  /** Later events are dropped. */
  readonly close: () => void;
}

/** Creates the store of one lifecycle, from a record if there is one. */
export function createLifecycleStore(options: StoreOptions): LifecycleStore {
  let lifecycle: Lifecycle = options.record ?? initialLifecycle;
  let closed = false;
  let busy = false;
  const queue: LifecycleEvent[] = [];
  const listeners = new Set<(change: LifecycleChange) => void>();
  const conditions = createConditions();

  /** Events dispatched by an effect or a subscriber wait until the present event is done. */
  function dispatch(event: LifecycleEvent): void {
    queue.push(event);
    if (busy) return;
    busy = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (!closed) apply(next);
    }
    busy = false;
    conditions.settle();
  }

  function apply(event: LifecycleEvent): void {
    const before = lifecycle;
    const next = transition(before, event, options.policy());
    if (next.lifecycle === before) {
      for (const effect of next.effects) options.run(effect, true);
      return;
    }
    lifecycle = { ...next.lifecycle, ...sinceOf(before, next.lifecycle, event, options.now) };
    const persisted = persist();
    for (const effect of next.effects) options.run(effect, persisted);
    const change = { before: snapshotOf(before), after: snapshotOf(lifecycle), event };
    for (const listener of listeners) tell(listener, change, options.report);
  }

  function persist(): boolean {
    try {
      options.persist(lifecycle);
      return true;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `the state could not be saved (${why}): check the disk`;
      options.report(new ProcessError('PERSIST_FAILED', message, { cause }));
      return false;
    }
  }

  return {
    get lifecycle() {
      return lifecycle;
    },
    dispatch,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    until: conditions.until,
    settle: conditions.settle,
    persist,
    close() {
      closed = true;
      conditions.giveUp();
    },
  };
}

/** Since when the state is what it is now; a node is down since its end, whenever that was seen. */
function sinceOf(
  before: Lifecycle,
  after: Lifecycle,
  event: LifecycleEvent,
  now: () => number,
): Pick<Lifecycle, 'since'> {
  if (after.state === before.state)
    return before.since === undefined ? {} : { since: before.since };
  return { since: event.type === 'exited' ? event.at : now() };
}

/** A subscriber that fails is reported, and the others hear of the change all the same. */
function tell(
  listener: (change: LifecycleChange) => void,
  change: LifecycleChange,
  report: (error: ProcessError) => void,
): void {
  try {
    listener(change);
  } catch (cause) {
    const message = `a subscriber failed on ${change.event.type}: ${String(cause)}`;
    report(new ProcessError('LISTENER_FAILED', message, { cause }));
  }
}
