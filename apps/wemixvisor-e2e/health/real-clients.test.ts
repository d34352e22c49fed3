import { join } from 'node:path';

import { createMonitor, type RpcEndpoint } from '@wemixvisor/health';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';

import { anvil, ask } from '../harness/clients.ts';
import { ethereumjsNode, run } from './real-nodes.ts';

function watch(endpoint: RpcEndpoint) {
  const monitor = createMonitor({ endpoint, intervalMs: 250, timeoutMs: 2_000 });
  const restarts: string[] = [];
  monitor.onRestartWanted((reason) => restarts.push(reason));
  monitor.start();
  return { monitor, restarts, [Symbol.dispose]: () => monitor.dispose() };
}

it('finds anvil well over HTTP and IPC, though it cannot count its peers', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'anvil.ipc');
  const { binary, args, rpcUrl } = await anvil('--ipc', path);
  using node = run(binary, args, { rpcUrl, cwd: folder.path });
  for (const endpoint of [
    { kind: 'http', url: node.rpcUrl },
    { kind: 'ipc', path },
  ] as const) {
    using watched = watch(endpoint);
    const { monitor } = watched;
    await waitFor(() => monitor.snapshot.status === 'healthy', { what: endpoint.kind });
    const first = monitor.snapshot.head?.number ?? 0;
    await waitFor(() => (monitor.snapshot.head?.number ?? 0) > first, { what: 'a new block' });
    expect(monitor.snapshot).toMatchObject({
      phase: 'synced',
      clientVersion: expect.stringContaining('anvil'),
      network: 'chain 31337',
      checks: { peer_count: { healthy: null, peers: null }, sync_status: { syncing: false } },
    });
  }
});

it('sees that a node was stopped in its tracks, and that it goes on', async () => {
  await using folder = await temporaryDirectory();
  const { binary, args, rpcUrl } = await anvil();
  using node = run(binary, args, { rpcUrl, cwd: folder.path });
  using watched = watch({ kind: 'http', url: rpcUrl });
  const { monitor, restarts } = watched;
  await waitFor(() => monitor.snapshot.status === 'healthy');
  process.kill(node.pid, 'SIGSTOP');
  await waitFor(() => restarts.length > 0, { what: 'a wish to restart' });
  expect(restarts[0]).toContain('did not answer within 2000 ms');
  process.kill(node.pid, 'SIGCONT');
  await waitFor(() => monitor.snapshot.status === 'healthy');
});

it('follows a node from no peers over syncing to the head of the other', async () => {
  await using folder = await temporaryDirectory();
  using sealer = await ethereumjsNode(folder.path, { name: 'sealer' });
  using watchedSealer = watch({ kind: 'http', url: sealer.rpcUrl });
  const alone = watchedSealer.monitor;
  await waitFor(() => (alone.snapshot.head?.number ?? 0) >= 9, {
    timeoutMs: 60_000,
    what: 'nine blocks',
  });
  expect(alone.snapshot).toMatchObject({
    phase: 'looking for peers',
    status: 'degraded',
    checks: { peer_count: { healthy: false, peers: 0 }, sync_status: { syncing: false } },
  });

  const { enode } = (await ask(sealer.rpcUrl, 'admin_nodeInfo')) as { readonly enode: string };
  const follows = enode.replace('@0.0.0.0:', '@127.0.0.1:');
  using follower = await ethereumjsNode(folder.path, { name: 'follower', follows });
  using watched = watch({ kind: 'http', url: follower.rpcUrl });
  const phases = new Set<string>();
  watched.monitor.subscribe(({ after }) => phases.add(after.phase));
  const { monitor } = watched;
  // How far the follower comes is its own affair; what it tells on its way is what is tested.
  await waitFor(() => phases.has('syncing') && (monitor.snapshot.head?.number ?? 0) > 0, {
    timeoutMs: 60_000,
    what: 'a block from the other node',
  });
  expect(monitor.snapshot).toMatchObject({
    status: 'healthy',
    checks: { peer_count: { healthy: true, peers: 1 } },
  });
  await waitFor(() => alone.snapshot.phase === 'synced', { what: 'the sealer to see its peer' });
  expect([...watched.restarts, ...watchedSealer.restarts]).toEqual([]);
});
