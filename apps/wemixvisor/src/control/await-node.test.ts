import { describe, expect, it } from 'vitest';
import { statusOf } from '../../test/status-of.ts';
import { awaitNode, type AwaitNodeOptions } from './await-node.ts';
import { SupervisorUnreachable } from './client.ts';
import type { StatusReport } from '../report/status-report.ts';

/** Waits while one status after the other is seen; the last one stays. */
function waiting(seen: readonly (StatusReport | Error)[], options: Partial<AwaitNodeOptions> = {}) {
  const left = [...seen];
  return awaitNode({
    status: () => {
      const next = left.length > 1 ? left.shift() : left[0];
      return next instanceof Error || next === undefined
        ? Promise.reject(next ?? new Error('nothing to see'))
        : Promise.resolve(next);
    },
    timeoutMs: 10_000,
    everyMs: 1,
    ...options,
  });
}

const starting = statusOf({ state: 'starting', pid: 7 });
const running = statusOf({ state: 'running', pid: 7, generation: 2 });

describe('awaitNode', () => {
  it('waits until the node is ready', async () => {
    const seen: string[] = [];
    const arrival = await waiting([starting, starting, running], {
      onStatus: ({ state }) => seen.push(state),
    });
    expect(arrival).toEqual({ outcome: 'ready', status: running });
    expect(seen).toEqual(['starting', 'starting', 'running']);
  });

  it.each(['crashed', 'error', 'stopped'] as const)('has failed when it is %s', async (state) => {
    const down = statusOf({ state });
    expect(await waiting([starting, down])).toEqual({ outcome: 'failed', status: down });
  });

  it('does not take the process before the restart for the new one', async () => {
    const old = statusOf({ state: 'running', pid: 6, generation: 1 });
    const stopping = statusOf({ state: 'stopping', pid: 6, generation: 1 });
    const arrival = await waiting([old, stopping, starting, running], {
      isOld: ({ generation }) => generation <= 1,
    });
    expect(arrival).toEqual({ outcome: 'ready', status: running });
  });

  it('gives up after the time-out, with what it saw last', async () => {
    const arrival = await waiting([starting], { timeoutMs: 0 });
    expect(arrival).toEqual({ outcome: 'timed-out', status: starting });
  });

  it('takes one look even when there is no time', async () => {
    expect(await waiting([running], { timeoutMs: 0 })).toMatchObject({ outcome: 'ready' });
  });

  it('tells that the supervisor has gone', async () => {
    expect(await waiting([starting, new SupervisorUnreachable('gone')])).toEqual({
      outcome: 'lost',
    });
  });

  it('passes on any other error', async () => {
    await expect(waiting([new Error('not allowed')])).rejects.toThrow('not allowed');
  });
});
