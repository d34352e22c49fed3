import type { Supervision } from '@wemixvisor/process';
import { describe, expect, it, vi } from 'vitest';
import { createStartWatch } from './start-watch.ts';

/** A watch whose node is ready, or repairs its database, when the test says so. */
function watchOf() {
  const snapshot = { generation: 1, startedAt: 1_000 as number | null };
  const ready = vi.fn();
  const [nodeAnswered, nodeRepairing, strangerAnswers] = [vi.fn(), vi.fn(), vi.fn()];
  const monitor = { nodeAnswered, nodeRepairing, strangerAnswers };
  const strangers: (string | null)[] = [];
  const asked: {
    readonly signal: AbortSignal;
    readonly become: (ready: boolean) => void;
    /** An answer came: whether it counts. */
    readonly answer: () => Promise<boolean>;
  }[] = [];
  const stranger = vi.fn((_said: string | null) => Promise.resolve(strangers.shift() ?? null));
  const looked: { readonly startedAt: number; readonly see: (seen: boolean) => void }[] = [];
  const watch = createStartWatch(
    {
      supervision: { snapshot, ready } as unknown as Supervision,
      logs: '/logs',
      monitor,
      stranger,
    },
    {
      becomesReady: ({ signal, accepts }) =>
        new Promise((become) => {
          const answer = async () => (await accepts?.('Geth/v1.16.9')) ?? true;
          asked.push({ signal, become, answer });
        }),
      pause: () => Promise.resolve(),
      repairsDatabase: (_, startedAt) =>
        new Promise((see) => {
          looked.push({ startedAt, see });
        }),
    },
  );
  const settled = () => new Promise(setImmediate);
  return { watch, snapshot, ready, monitor, asked, looked, settled, strangers, stranger };
}

describe('the watch of a start', () => {
  it('tells of readiness with the generation it was seen in, whatever is started meanwhile', async () => {
    const { watch, snapshot, ready, asked, settled } = watchOf();
    watch.begin(null);
    snapshot.generation = 2;
    asked[0]?.become(true);
    await settled();
    expect(ready.mock.calls).toEqual([[1]]);
  });

  it('tells the health monitor of the answer that made the node ready, where there was one', async () => {
    const { watch, monitor, asked, settled } = watchOf();
    watch.begin(null);
    asked[0]?.become(true);
    await settled();
    expect(monitor.nodeAnswered).not.toHaveBeenCalled();
    watch.begin({ kind: 'ipc', path: '/geth.ipc' });
    watch.begin({ kind: 'ipc', path: '/geth.ipc' });
    asked[1]?.become(true);
    await settled();
    expect(monitor.nodeAnswered).not.toHaveBeenCalled();
    asked[2]?.become(true);
    await settled();
    expect(monitor.nodeAnswered).toHaveBeenCalledTimes(1);
  });

  it('tells nothing of a node that never becomes ready', async () => {
    const { watch, ready, asked, settled } = watchOf();
    watch.begin(null);
    asked[0]?.become(false);
    await settled();
    expect(ready).not.toHaveBeenCalled();
  });

  it('knows whether the present process is watched', () => {
    const { watch, snapshot } = watchOf();
    expect(watch.isWatching).toBe(false);
    watch.begin(null);
    expect(watch.isWatching).toBe(true);
    snapshot.generation = 2;
    expect(watch.isWatching).toBe(false);
  });

  it('leaves the process before as soon as the next is watched, and this one when it ends', () => {
    const { watch, snapshot, asked } = watchOf();
    watch.begin(null);
    snapshot.generation = 2;
    watch.begin(null);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    watch.end();
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it('tells of a repair that this process speaks of', async () => {
    const { watch, monitor, looked, settled } = watchOf();
    watch.begin(null);
    expect(looked[0]?.startedAt).toBe(1_000);
    looked[0]?.see(true);
    await settled();
    expect(monitor.nodeRepairing).toHaveBeenCalledTimes(1);
  });

  it('tells of no repair that is not seen, or comes after the watch', async () => {
    const { watch, monitor, looked, settled } = watchOf();
    watch.begin(null);
    watch.begin(null);
    watch.begin(null);
    looked[0]?.see(true);
    looked[1]?.see(false);
    await settled();
    expect(monitor.nodeRepairing).not.toHaveBeenCalled();
  });

  it('accepts no answer as long as another process answers in its place, and says who that is', async () => {
    const { watch, ready, monitor, asked, settled, strangers, stranger } = watchOf();
    strangers.push('python3 (pid 5)');
    watch.begin({ kind: 'http', url: 'http://127.0.0.1:8545' });
    expect(await asked[0]?.answer()).toBe(false);
    expect(stranger.mock.calls).toEqual([['Geth/v1.16.9']]);
    expect(monitor.strangerAnswers.mock.calls).toEqual([['python3 (pid 5)']]);
    expect(await asked[0]?.answer()).toBe(true);
    expect(monitor.strangerAnswers.mock.lastCall).toEqual([null]);
    asked[0]?.become(true);
    await settled();
    expect(ready.mock.calls).toEqual([[1]]);
    expect(monitor.nodeAnswered).toHaveBeenCalledTimes(1);
  });

  it('tells nothing of a stranger that is found after the watch', async () => {
    const { watch, monitor, asked, strangers } = watchOf();
    strangers.push('python3 (pid 5)');
    watch.begin({ kind: 'http', url: 'http://127.0.0.1:8545' });
    const answer = asked[0]?.answer();
    watch.end();
    expect(await answer).toBe(false);
    expect(monitor.strangerAnswers).not.toHaveBeenCalled();
  });
});
