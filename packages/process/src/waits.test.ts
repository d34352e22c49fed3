import { describe, expect, it } from 'vitest';
import { command, life } from '../test/support/life.ts';
import type { LifecycleChange } from './lifecycle-store.ts';

describe('waitFor', () => {
  it('resolves with the snapshot once the node is in that state, and at once where it is', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    const crashed = node.waitFor('crashed');
    machine.exit(1);
    await clock.advance(0);
    expect(await crashed).toMatchObject({ state: 'crashed', lastExit: { code: 1 } });
    expect(await node.waitFor('crashed')).toEqual(node.snapshot);
  });

  it('rejects with the reason of its signal, and only that wait', async () => {
    const { up } = life();
    const node = await up();
    const abort = new AbortController();
    const aborted = node.waitFor('stopped', { signal: abort.signal });
    const stopped = node.waitFor('stopped');
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await expect(node.waitFor('stopped', { signal: abort.signal })).rejects.toThrow('enough');
    await node.stop({ force: true });
    expect((await stopped).state).toBe('stopped');
  });
});

describe('start and stop', () => {
  it('are no longer waited for where their signal aborts; what was asked for goes on', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    machine.behaviour.ignoresTerm = true;
    const abort = new AbortController();
    const stopping = node.stop({ timeoutMs: 1_000, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(stopping).rejects.toThrow('enough');
    expect(node.snapshot.state).toBe('stopping');
    const starting = node.start(command, { signal: abort.signal });
    await expect(starting).rejects.toThrow('enough');
    await clock.advance(1_000);
    expect((await node.waitFor('starting')).lastExit).toMatchObject({ cause: 'grace-period' });
  });
});

describe('exited', () => {
  it('resolves with the end of the present process, not with that of an earlier one', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    const first = node.exited();
    machine.exit(1);
    await clock.advance(0);
    expect(await first).toMatchObject({ code: 1 });
    expect(await node.exited()).toEqual(node.snapshot.lastExit);
    await clock.advance(1_000);
    expect(node.snapshot.generation).toBe(2);
    const second = node.exited();
    machine.exit(7);
    await clock.advance(0);
    expect(await second).toMatchObject({ code: 7 });
  });

  it('is null for a node that was never started', async () => {
    const { supervisor } = life();
    expect(await (await supervisor()).exited()).toBeNull();
  });
});

describe('changes', () => {
  it('are all there, in their order, also those before the first is read', async () => {
    const { up, history } = life();
    const node = await up();
    const before = history.length;
    const changes = node.changes();
    await node.stop({ force: true });
    node.dispose();
    const seen: LifecycleChange[] = [];
    for await (const change of changes) seen.push(change);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(history.slice(before));
  });

  it('end with a supervision that is over, and throw where their signal aborts', async () => {
    const { up } = life();
    const node = await up();
    const abort = new AbortController();
    const next = node.changes({ signal: abort.signal })[Symbol.asyncIterator]().next();
    abort.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
    expect(() => node.changes({ signal: abort.signal })).toThrow(/abort/);
    node.dispose();
    for await (const change of node.changes()) expect(change).toBeUndefined();
  });
});

it('rejects whatever is asked of a supervision that was let go of', async () => {
  const { up, machine } = life();
  const node = await up();
  await node[Symbol.asyncDispose]();
  const asked = [
    node.start(command),
    node.stop(),
    node.restart({ cause: 'operator' }),
    node.waitFor('running'),
    node.exited(),
  ];
  for (const each of await Promise.allSettled(asked)) {
    expect(each).toMatchObject({ status: 'rejected', reason: { code: 'DETACHED' } });
  }
  expect(machine.nodes()).toHaveLength(1);
});
