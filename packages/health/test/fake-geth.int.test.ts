import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { fakeGeth, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';

import { createMonitor, type RpcEndpoint } from '../src/index.ts';
import { probe } from '../src/probe.ts';
import { createRpcClient } from '../src/rpc/client.ts';

async function startNode(environment: Record<string, string> = {}) {
  const home = await temporaryDirectory();
  const child = spawn(
    process.execPath,
    [fakeGeth, '--datadir', home.path, '--http', '--http.port', '0'],
    { env: { ...environment }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const address = await waitFor(() => /endpoint=(\S+)/.exec(log)?.[1], { what: 'the HTTP server' });
  const endpoints: readonly RpcEndpoint[] = [
    { kind: 'http', url: `http://${address}` },
    { kind: 'ipc', path: join(home.path, 'geth.ipc') },
  ];
  return {
    endpoints,
    control: (change: object) =>
      writeFile(join(home.path, 'fake-geth.json'), JSON.stringify(change)),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await home[Symbol.asyncDispose]();
    },
  };
}

it('probes a node over HTTP and over IPC', async () => {
  await using node = await startNode();
  for (const endpoint of node.endpoints) {
    expect(await probe(endpoint, { timeoutMs: 5_000 }, createRpcClient)).toMatchObject({
      answered: true,
      clientVersion: expect.stringContaining('Geth/v1.16.9'),
      why: null,
    });
  }
});

it('finds a node healthy, then silent, wants a restart, and finds it healthy again', async () => {
  await using node = await startNode();
  for (const endpoint of node.endpoints) {
    const monitor = createMonitor({ endpoint, intervalMs: 50, timeoutMs: 1_000 });
    const reasons: string[] = [];
    monitor.onRestartWanted((reason) => reasons.push(reason));
    monitor.start();
    await waitFor(() => monitor.snapshot.phase === 'synced');
    expect(monitor.snapshot).toMatchObject({
      healthy: true,
      status: 'healthy',
      network: 'mainnet',
      checks: {
        rpc_endpoint: { healthy: true },
        peer_count: { healthy: true, peers: 3, min_required: 1 },
        sync_status: { healthy: true, syncing: false },
      },
    });
    await node.control({ rpc: 'off' });
    await waitFor(() => reasons.length > 0);
    expect(monitor.snapshot.status).toBe('unhealthy');
    await node.control({ rpc: 'on' });
    await waitFor(() => monitor.snapshot.status === 'healthy');
    monitor.dispose();
  }
});
