import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import { becomesReady } from './becomes-ready.ts';
import type { HealthPorts } from './ports.ts';
import type { CallOutcome } from './rpc/outcome.ts';

const endpoint = { kind: 'ipc', path: '/nowhere/geth.ipc' } as const;
const silent: CallOutcome = { kind: 'failed', cause: 'unreachable', why: 'nobody listens' };
const refusing: CallOutcome = { kind: 'unknown', why: 'no such method' };

/** Waits for readiness on the fake clock, with a node that answers as told. */
function waiting(
  how: {
    readonly known: boolean;
    readonly everyMs?: number;
    readonly minimumUptimeMs?: number;
    readonly accepts?: (version: string | null) => boolean;
  },
  answers: () => CallOutcome = () => silent,
) {
  const { known, ...options } = how;
  const clock = fakeClock();
  const abort = new AbortController();
  const probes: number[] = [];
  let open = 0;
  const createRpcClient: HealthPorts['createRpcClient'] = (_, { timeoutMs }) => {
    open += 1;
    return {
      batch: (calls) => {
        probes.push(timeoutMs);
        return Promise.resolve(calls.map(answers));
      },
      dispose: () => (open -= 1),
    };
  };
  let ready: boolean | 'waiting' = 'waiting';
  const { signal } = abort;
  const done = becomesReady(
    { endpoint: known ? endpoint : null, signal, ...options },
    { clock, createRpcClient },
  ).then((result) => (ready = result));
  return { clock, abort, probes, done, ready: () => ready, open: () => open };
}

describe('becomesReady, without an endpoint', () => {
  it('is true once the node has stayed up for 3 seconds', async () => {
    const { clock, ready } = waiting({ known: false });
    await clock.advance(2_999);
    expect(ready()).toBe('waiting');
    await clock.advance(1);
    expect(ready()).toBe(true);
  });

  it('takes another uptime', async () => {
    const { clock, ready } = waiting({ known: false, minimumUptimeMs: 5 });
    await clock.advance(5);
    expect(ready()).toBe(true);
  });

  it('is false at once for a node that ends before that', async () => {
    const { abort, done, clock } = waiting({ known: false });
    abort.abort();
    expect(await done).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it('is false for a node that has ended already', async () => {
    const signal = AbortSignal.abort();
    expect(await becomesReady({ endpoint: null, signal }, { clock: fakeClock() })).toBe(false);
  });
});

describe('becomesReady, with an endpoint', () => {
  it('is true at the first answer, even an error, and closes its connection', async () => {
    const { done, probes, open } = waiting({ known: true }, () => refusing);
    expect(await done).toBe(true);
    expect(probes).toEqual([2_000]);
    expect(open()).toBe(0);
  });

  it('probes every 250 ms until the node answers', async () => {
    let answer: CallOutcome = silent;
    const { clock, probes, ready, open } = waiting({ known: true }, () => answer);
    await clock.advance(249);
    expect(probes).toHaveLength(1);
    await clock.advance(1);
    expect(probes).toHaveLength(2);
    answer = { kind: 'ok', value: 'Geth/v1' };
    await clock.advance(250);
    expect(ready()).toBe(true);
    expect(open()).toBe(0);
  });

  it('goes on waiting while an answer does not count', async () => {
    const said: (string | null)[] = [];
    const accepts = (version: string | null) => said.push(version) > 1;
    const { clock, ready } = waiting({ known: true, accepts }, () => ({
      kind: 'ok',
      value: 'Geth/v1',
    }));
    await clock.advance(249);
    expect(ready()).toBe('waiting');
    await clock.advance(1);
    expect(ready()).toBe(true);
    expect(said).toEqual(['Geth/v1', 'Geth/v1']);
  });

  it('asks of no answer that comes after the wait, and takes none that is accepted after it', async () => {
    const abort = new AbortController();
    const accepts = vi.fn(() => {
      abort.abort();
      return true;
    });
    const createRpcClient: HealthPorts['createRpcClient'] = () => ({
      batch: (calls) => Promise.resolve(calls.map(() => refusing)),
      dispose: () => {},
    });
    const options = { endpoint, signal: abort.signal, accepts };
    expect(await becomesReady(options, { createRpcClient })).toBe(false);
    expect(await becomesReady(options, { createRpcClient })).toBe(false);
    expect(accepts).toHaveBeenCalledTimes(1);
  });

  it('is false once the node is not starting any more, and probes no further', async () => {
    const { clock, abort, probes, ready } = waiting({ known: true, everyMs: 10 });
    await clock.advance(10);
    abort.abort();
    await clock.advance(1_000);
    expect(ready()).toBe(false);
    expect(probes).toHaveLength(2);
  });

  it('is false where the answer came too late', async () => {
    const { done, abort } = waiting({ known: true }, () => refusing);
    abort.abort();
    expect(await done).toBe(false);
  });
});
