import { describe, expect, it } from 'vitest';
import { exited, lifecycles } from '../test/support/lifecycles.ts';
import { createLifecycleStore } from './lifecycle-store.ts';
import type { ProcessError } from './errors.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import { defaultRestartPolicy } from './lifecycle/restart-policy.ts';
import type { LifecycleRecord } from './snapshot.ts';

const ready: LifecycleEvent = { type: 'becameReady', generation: 3 };
const stop: LifecycleEvent = { type: 'stopRequested', at: 1 };

/** A store of a node that is starting, and what it did in order. */
function scene(answers: { onEffect?: LifecycleEvent; full?: boolean; now?: number } = {}) {
  const did: string[] = [];
  const errors: ProcessError[] = [];
  const store = createLifecycleStore({
    record: lifecycles.starting,
    policy: () => defaultRestartPolicy,
    now: () => answers.now ?? 5_000,
    persist: ({ state }: LifecycleRecord) => {
      if (answers.full === true) throw new Error('ENOSPC');
      did.push(`persist ${state}`);
    },
    run: ({ type }, persisted) => {
      did.push(persisted ? type : `${type}, not persisted`);
      if (answers.onEffect !== undefined) store.dispatch(answers.onEffect);
    },
    report: (error) => errors.push(error),
  });
  store.subscribe(({ before, after, event }) => {
    did.push(`${event.type}: ${before.state} -> ${after.state}`);
  });
  return { did, errors, store };
}

describe('the store of a lifecycle', () => {
  it('persists first, then orders the effects, then tells the subscribers', () => {
    const { did, store } = scene();
    store.dispatch(stop);
    expect(did).toEqual([
      'persist stopping',
      'terminate',
      'startTimer',
      'stopRequested: starting -> stopping',
    ]);
  });

  it('knows since when the state is what it is: from its change, and from the end of a node that is down', () => {
    const answers = { now: 5_000 };
    const { store } = scene(answers);
    expect(store.lifecycle.since).toBeUndefined();
    store.dispatch(ready);
    expect(store.lifecycle).toMatchObject({ state: 'running', since: 5_000 });
    answers.now = 6_000;
    store.dispatch(stop);
    answers.now = 7_000;
    store.dispatch({ type: 'terminationDelivered', generation: 3, at: 7_000 });
    expect(store.lifecycle).toMatchObject({ state: 'stopping', asked: true, since: 6_000 });
    answers.now = 9_000;
    store.dispatch(exited({ at: 8_000 }));
    expect(store.lifecycle).toMatchObject({ state: 'stopped', since: 8_000 });
  });

  it('does nothing on an event that changes nothing', () => {
    const { did, store } = scene();
    store.dispatch({ ...ready, generation: 2 });
    expect(did).toEqual([]);
    expect(store.lifecycle).toBe(lifecycles.starting);
  });

  it('deals with an event that an effect causes only after the present one', () => {
    const { did, store } = scene({ onEffect: exited() });
    store.dispatch(stop);
    expect(did.filter((what) => what.includes('->'))).toEqual([
      'stopRequested: starting -> stopping',
      'exited: stopping -> stopped',
    ]);
    store.dispatch(stop); // it is not stuck
    expect(store.lifecycle.state).toBe('stopped');
  });

  it('says to the effects that the state could not be persisted, and goes on', () => {
    const { did, errors, store } = scene({ full: true });
    store.dispatch(stop);
    expect(did.slice(0, 2)).toEqual(['terminate, not persisted', 'startTimer, not persisted']);
    expect(store.lifecycle.state).toBe('stopping');
    expect(errors).toMatchObject([{ code: 'PERSIST_FAILED', cause: new Error('ENOSPC') }]);
    expect(errors[0]?.message).toBe('the state could not be saved (ENOSPC): check the disk');
    expect(store.persist()).toBe(false);
  });

  it('takes subscribers that leave', () => {
    const { store } = scene();
    let told = 0;
    const leave = store.subscribe(() => (told += 1));
    store.dispatch(ready);
    leave();
    store.dispatch(stop);
    expect(told).toBe(1);
  });

  it('resolves what waits for a condition once it holds, and not before', async () => {
    const { store } = scene();
    let done = 0;
    const waits = store.until(() => store.lifecycle.state === 'running').then(() => (done += 1));
    await Promise.resolve();
    expect(done).toBe(0);
    store.dispatch(ready);
    await waits;
    await store.until(() => true);
    expect(done).toBe(1);
  });

  it('changes nothing after it was closed, and rejects what waits', async () => {
    const { did, store } = scene();
    const waits = store.until(() => false);
    store.close();
    store.dispatch(ready);
    expect(did).toEqual([]);
    expect(store.lifecycle.state).toBe('starting');
    await expect(waits).rejects.toMatchObject({ code: 'DETACHED' });
  });

  it('drops the events that were caused within an event during which it was closed', () => {
    const { did, store } = scene({ onEffect: exited() });
    store.subscribe(() => store.close());
    store.dispatch(stop);
    expect(did.filter((what) => what.includes('->'))).toEqual([
      'stopRequested: starting -> stopping',
    ]);
  });
});
