import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import type { RpcEndpoint } from '@wemixvisor/health';
import { fakeMonitor } from '../../test/fake-monitor.ts';
import type { AdoptedNode } from './adopt-node.ts';
import { createNodeMonitor } from './node-monitor.ts';

const program = { flavour: 'geth', version: '1.16.9', raw: '1.16.9-stable' };
const http: RpcEndpoint = { kind: 'http', url: 'http://127.0.0.1:8545' };

/** The monitor of a node that starts, and who answers in its place. */
function starting({
  state = 'starting',
  rpcUrl = null,
  endpoint = http,
  logs = '/logs',
}: { state?: string; rpcUrl?: string | null; endpoint?: RpcEndpoint | null; logs?: string } = {}) {
  const strangerAt = vi.fn((..._asked: unknown[]) => Promise.resolve('python3 (pid 5)'));
  const fake = fakeMonitor();
  const snapshot = { pid: 7, state, command: null, startedAt: 0 };
  const node = {
    options: { paths: { logs } },
    supervision: { snapshot },
    settings: { current: { rpcUrl, referenceRpcUrl: null } },
    describer: { of: () => ({ endpoint, program, facts: {} }) },
  } as unknown as AdoptedNode;
  const nodeMonitor = createNodeMonitor(node, {
    createMonitor: (...of) => fake.create(...of),
    strangerAt,
  });
  return {
    nodeMonitor,
    snapshot,
    strangerAt,
    calls: fake.calls,
    complaint: () => fake.complaint(),
  };
}

describe('the health of a node that is asked for', () => {
  it('is not what another process says in its place while it starts', async () => {
    const { nodeMonitor, strangerAt, calls } = starting();
    await nodeMonitor.check({ live: true });
    expect(strangerAt).toHaveBeenCalledExactlyOnceWith(http, { pid: 7, program }, null);
    expect(calls).toEqual(['stranger', 'live check']);
  });

  it('is compared with what the same process said of itself, and no earlier one', async () => {
    const { nodeMonitor, snapshot, strangerAt } = starting();
    await nodeMonitor.stranger('Geth/v1.13.15');
    await nodeMonitor.check({ live: true });
    snapshot.pid = 8;
    await nodeMonitor.check({ live: true });
    const asked = (pid: number, said: string | null) => [http, { pid, program }, said];
    expect(strangerAt.mock.calls).toEqual([
      asked(7, 'Geth/v1.13.15'),
      asked(7, 'Geth/v1.13.15'),
      asked(8, null),
    ]);
  });

  it.each([
    ['that runs, and has answered itself', { state: 'running' }],
    ['that answers where the operator said', { rpcUrl: 'http://10.0.0.1:8545' }],
    ['of which no endpoint is known', { endpoint: null }],
  ])('is asked of one %s', async (_, parts) => {
    const { nodeMonitor, strangerAt, calls } = starting(parts);
    await nodeMonitor.check({ live: true });
    expect(strangerAt).not.toHaveBeenCalled();
    expect(calls).toEqual(['live check']);
  });
});

it('hears of a missing consensus client from the log of the node', async () => {
  await using folder = await temporaryDirectory();
  const { complaint } = starting({ logs: folder.path });
  expect(await complaint()).toBeNull();
  const text = 'Post-merge network, but no beacon client seen.';
  const line = `t=${new Date().toISOString()} lvl=warn msg="${text}"`;
  writeFileSync(join(folder.path, 'node.log'), `${line}\n`);
  expect(await complaint()).toContain('no consensus client');
});
