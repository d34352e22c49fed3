import { expect, it } from 'vitest';

import { scriptedNode } from '../test/scripted-node.ts';
import { endpoint, watching } from '../test/watching.ts';
import { HealthError } from './errors.ts';
import { createMonitor } from './create-monitor.ts';

it('checks at once and then every interval, and asks who it is only once', async () => {
  const { node, clock, monitor } = watching();
  await clock.advance(0);
  expect(monitor.snapshot).toMatchObject({
    healthy: true,
    status: 'healthy',
    phase: 'synced',
    timestamp: '2026-01-01T00:00:00.000Z',
    clientVersion: 'Geth/v1.16.9',
    chainId: 1111,
    head: { number: 100, timestamp: '1970-01-01T00:00:01.000Z' },
    sync: null,
  });
  await clock.advance(60_000);
  const check = ['eth_syncing', 'net_peerCount', 'eth_getBlockByNumber'];
  const identity = ['web3_clientVersion', 'eth_chainId', 'eth_getBlockByNumber'];
  expect(node.batches).toEqual([[...check, ...identity], check, check]);
  expect(monitor.snapshot).toMatchObject({ clientVersion: 'Geth/v1.16.9', chainId: 1111 });
});

it('asks who it is until it has an answer', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'silent';
  await clock.advance(0);
  node.mode = 'answers';
  await clock.advance(1_000);
  expect(monitor.snapshot.clientVersion).toBe('Geth/v1.16.9');
});

it('hears of a missing consensus client from whoever reads the log of the node', async () => {
  const { node, clock, monitor } = watching();
  node.complains = true;
  await clock.advance(30_000);
  expect(monitor.snapshot.status).toBe('healthy');
  // While the head moves, nobody needs to look.
  expect(node.complaintsAsked).toBe(0);
  await clock.advance(30_000);
  expect(monitor.snapshot).toMatchObject({ status: 'degraded', phase: 'stalled' });
  node.complains = false;
  await clock.advance(30_000);
  expect(monitor.snapshot.status).toBe('healthy');
});

it('finds a node that has to answer already unhealthy at once, and wants a restart at the threshold', async () => {
  const { node, clock, monitor, restarts } = watching({ expectAnswer: true });
  node.mode = 'silent';
  await clock.advance(0);
  expect(monitor.snapshot).toMatchObject({
    status: 'unhealthy',
    phase: 'running',
    reason: 'the first check failed: no answer',
    next: 'a restart is wanted in 1m',
    checks: { rpc_endpoint: { healthy: false } },
  });
  await clock.advance(60_000);
  expect(restarts).toEqual(['3 consecutive checks failed: no answer']);
  node.mode = 'answers';
  await clock.advance(30_000);
  expect(monitor.snapshot.status).toBe('healthy');
  node.mode = 'silent';
  await clock.advance(30_000);
  expect(monitor.snapshot.status).toBe('degraded');
});

it('takes at any time that the node has to answer', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'silent';
  await clock.advance(0);
  expect(monitor.snapshot.status).toBe('unknown');
  monitor.update({ expectAnswer: true });
  await clock.advance(0);
  expect(monitor.snapshot.status).toBe('unhealthy');
});

it('gives its changes as they come, until it is disposed or their signal aborts', async () => {
  const { node, clock, monitor } = watching();
  const abort = new AbortController();
  const aborted = monitor.changes({ signal: abort.signal })[Symbol.asyncIterator]().next();
  abort.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  const changes = monitor.changes();
  await clock.advance(0);
  node.mode = 'silent';
  await clock.advance(30_000);
  await monitor[Symbol.asyncDispose]();
  const seen: string[] = [];
  for await (const { before, after } of changes) seen.push(`${before.status} > ${after.status}`);
  expect(seen).toEqual(['unknown > healthy', 'healthy > degraded']);
  for await (const change of monitor.changes()) expect(change).toBeUndefined();
});

it('starts only once', async () => {
  const { node, clock, monitor } = watching();
  monitor.start();
  await clock.advance(0);
  expect(node.batches).toHaveLength(1);
});

it('asks for a restart after three silent checks, and again after three more', async () => {
  const { node, clock, monitor, restarts, changes } = watching();
  await clock.advance(0);
  node.mode = 'silent';
  await clock.advance(89_000);
  expect(restarts).toEqual([]);
  await clock.advance(1_000);
  expect(restarts).toEqual(['3 consecutive checks failed: no answer']);
  expect(monitor.snapshot).toMatchObject({ healthy: false, next: 'a restart is asked for' });
  await clock.advance(90_000);
  expect(restarts).toHaveLength(2);
  node.mode = 'answers';
  await clock.advance(30_000);
  expect(changes).toEqual([
    'unknown > healthy',
    'healthy > degraded',
    'degraded > unhealthy',
    'unhealthy > healthy',
  ]);
});

it('never wants a restart of a node that has not answered since it started', async () => {
  const { node, clock, monitor, restarts } = watching();
  await clock.advance(0);
  node.mode = 'silent';
  monitor.nodeStarted(clock.now());
  await clock.advance(500_000);
  expect(monitor.snapshot).toMatchObject({ phase: 'starting', status: 'unknown', healthy: true });
  await clock.advance(200_000);
  expect(monitor.snapshot).toMatchObject({ phase: 'starting', status: 'degraded' });
  expect(restarts).toEqual([]);
});

it('looks often at a node that starts, then ever less, up to the interval', async () => {
  const { node, clock } = watching();
  node.mode = 'silent';
  await clock.advance(31_000);
  expect(node.batches).toHaveLength(6); // after 0, 1, 3, 7, 15, 31 s
  await clock.advance(60_000);
  expect(node.batches).toHaveLength(8);
});

it('reckons the age of an adopted node from its real start', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'silent';
  monitor.nodeStarted(clock.now() - 3_600_000);
  await clock.advance(0);
  expect(monitor.snapshot.reason).toBe('starting, no answer from its RPC for 1h: no answer');
});

it('takes a start in the future, after a clock was set back, as now', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'silent';
  monitor.nodeStarted(clock.now() + 3_600_000);
  await clock.advance(0);
  expect(monitor.snapshot.reason).toContain('for 0s');
});

it('shares one check among all who ask and serves the cached one within the interval', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'hangs';
  await clock.advance(0);
  const [one, other] = [monitor.check(), monitor.check({ live: true })];
  node.giveUp();
  expect(await one).toBe(await other);
  expect(node.batches).toHaveLength(1);
  node.mode = 'answers';
  expect((await monitor.check()).timestamp).toBe(monitor.snapshot.timestamp);
  expect(node.batches).toHaveLength(1);
  await monitor.check({ live: true });
  expect(node.batches).toHaveLength(2);
});

it('checks on demand without having been started', async () => {
  const node = scriptedNode();
  const monitor = createMonitor({ endpoint }, node.ports);
  expect((await monitor.check()).status).toBe('healthy');
  expect(node.clock.pending).toBe(0);
});

it('gives up at once when disposed, and does nothing more', async () => {
  const { node, clock, monitor, changes } = watching();
  node.mode = 'hangs';
  await clock.advance(0);
  const pending = monitor.check();
  monitor.dispose();
  expect((await pending).status).toBe('unknown');
  expect((await monitor.check({ live: true })).status).toBe('unknown');
  monitor.nodeStarted(clock.now());
  expect(clock.pending).toBe(0);
  expect(node.clients.disposed).toBe(node.clients.made);
  expect(changes).toEqual([]);
});

it('drops the late answer of the node before', async () => {
  const { node, clock, monitor, changes } = watching();
  node.giveUpOnDispose = false;
  node.mode = 'hangs';
  await clock.advance(0);
  const pending = monitor.check();
  monitor.nodeStarted(clock.now());
  node.answerLate();
  expect(await pending).toBe(monitor.snapshot);
  expect(monitor.snapshot).toMatchObject({
    phase: 'starting',
    clientVersion: null,
    checks: { rpc_endpoint: { healthy: null, latency_ms: null } },
  });
  expect(changes).toEqual([]);
});

it('goes on with the check of the new node when the old one answers late', async () => {
  const { node, clock, monitor } = watching();
  node.giveUpOnDispose = false;
  node.mode = 'hangs';
  await clock.advance(0);
  const { answerLate } = node;
  monitor.nodeStarted(clock.now());
  await clock.advance(0);
  answerLate();
  await clock.advance(0);
  node.answerLate();
  await clock.advance(0);
  expect(monitor.snapshot.phase).toBe('synced');
  node.mode = 'answers';
  await clock.advance(60_000);
  expect(node.batches).toHaveLength(4);
});

it('keeps one loop of checks, whoever asks in between', async () => {
  const { node, clock, monitor } = watching();
  await clock.advance(10_000);
  await monitor.check({ live: true });
  await monitor.check({ live: true });
  monitor.update({ minPeers: 2 });
  await clock.advance(0);
  expect(clock.pending).toBe(1);
  const before = node.batches.length;
  await clock.advance(90_000);
  expect(node.batches).toHaveLength(before + 3);
});

it('checks nothing while the node is being stopped', async () => {
  const { node, clock, monitor } = watching();
  await clock.advance(0);
  monitor.nodeStopping();
  await clock.advance(300_000);
  await monitor.check({ live: true });
  expect(node.batches).toHaveLength(1);
  expect(monitor.snapshot).toMatchObject({ phase: 'stopping', status: 'unknown' });
  monitor.nodeStarted(clock.now());
  await clock.advance(0);
  expect(monitor.snapshot.phase).toBe('synced');
});

it('counts silence from the first check on where the node has answered somebody else', async () => {
  const { node, clock, monitor, restarts } = watching();
  node.mode = 'silent';
  monitor.nodeRepairing();
  monitor.nodeAnswered();
  expect(monitor.snapshot).toMatchObject({
    status: 'unknown',
    reason: 'not checked yet',
    checks: { rpc_endpoint: { healthy: null } },
  });
  await clock.advance(0);
  expect(monitor.snapshot).toMatchObject({ status: 'degraded', phase: 'starting' });
  await clock.advance(60_000);
  expect(restarts).toEqual(['3 consecutive checks failed: no answer']);
});

it('forgets an answer that was missed before somebody else had one', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'silent';
  await clock.advance(0);
  monitor.nodeAnswered();
  expect(monitor.snapshot).toMatchObject({
    status: 'unknown',
    reason: 'not checked yet',
    checks: { rpc_endpoint: { healthy: null, why: null } },
  });
});

it('knows no more when somebody else has an answer after its own', async () => {
  const { clock, monitor } = watching();
  await clock.advance(0);
  monitor.nodeAnswered();
  expect(monitor.snapshot).toMatchObject({
    status: 'healthy',
    checks: { rpc_endpoint: { healthy: true, latency_ms: expect.any(Number) as number } },
  });
});

it('shows that the node repairs its database', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'silent';
  monitor.nodeRepairing();
  await clock.advance(0);
  expect(monitor.snapshot.phase).toBe('database repair');
});

it('does not count what never answered at a new endpoint as silence', async () => {
  const { node, clock, monitor, restarts } = watching();
  await clock.advance(0);
  node.mode = 'silent';
  monitor.update({ endpoint: { kind: 'ipc', path: '/run/geth.ipc' } });
  await clock.advance(300_000);
  expect(restarts).toEqual([]);
  expect(monitor.snapshot).toMatchObject({ phase: 'starting', clientVersion: null });
});

it('keeps what it knows when only options change', async () => {
  const { clock, monitor } = watching();
  await clock.advance(0);
  monitor.update({ minPeers: 10 });
  expect(monitor.snapshot).toMatchObject({ status: 'degraded', clientVersion: 'Geth/v1.16.9' });
});

it('shows how far a sync has come', async () => {
  const { node, clock, monitor } = watching();
  for (const block of ['0x0', '0x3c', '0x78']) {
    node.answers['eth_syncing'] = { currentBlock: block, highestBlock: '0x3e8' };
    node.answers['eth_getBlockByNumber'] = { number: block, timestamp: '0x1' };
    await clock.advance(block === '0x0' ? 0 : 30_000);
  }
  expect(monitor.snapshot.sync).toEqual({ percent: 12, ratePerSecond: 2, etaSeconds: 440 });
  node.answers['eth_syncing'] = { stages: [] };
  await clock.advance(30_000);
  expect(monitor.snapshot.sync).toEqual({ percent: null, ratePerSecond: null, etaSeconds: null });
});

it('learns the pace of the chain and forgets it when the head moves back', async () => {
  const { node, clock, monitor } = watching();
  for (const [number, timestamp] of [
    ['0x10', '0x100'],
    ['0x1a', '0x11e'],
    ['0x24', '0x13c'],
  ]) {
    node.answers['eth_getBlockByNumber'] = { number, timestamp };
    await monitor.check({ live: true });
  }
  expect(monitor.snapshot.head?.blockIntervalSeconds).toBe(3);
  node.answers['eth_getBlockByNumber'] = { number: '0x1', timestamp: '0xffffffffffff' };
  await monitor.check({ live: true });
  expect(monitor.snapshot.head).toMatchObject({
    number: 1,
    ageSeconds: 0,
    blockIntervalSeconds: null,
  });
  await clock.advance(0);
});

it('asks the reference node and the disk along with the node', async () => {
  const { clock, monitor } = watching({
    referenceEndpoint: { kind: 'http', url: 'http://127.0.0.1:1' },
    dataDirectory: '/data',
  });
  await clock.advance(0);
  expect(monitor.snapshot.checks).toMatchObject({
    head_progress: { peers_ahead: false },
    disk_space: { healthy: true, free_bytes: 10 * 1024 ** 3 },
  });
});

it('watches nothing but the process without an endpoint', async () => {
  const { node, clock, monitor } = watching({ endpoint: null });
  await clock.advance(60_000);
  expect(node.batches).toEqual([]);
  expect(monitor.snapshot).toMatchObject({ healthy: true, status: 'unknown', phase: 'running' });
});

it('tells of each check of the node, answered or not', async () => {
  const { node, clock, monitor } = watching();
  const heard: (number | null)[] = [];
  const leave = monitor.onChecked(({ checks }) => heard.push(checks.rpc_endpoint.failures));
  await clock.advance(30_000);
  node.mode = 'silent';
  await clock.advance(65_000);
  expect(heard).toEqual([0, 0, 1, 2]);
  leave();
  await clock.advance(65_000);
  expect(heard).toHaveLength(4);
});

it('tells listeners nothing after they leave', async () => {
  const { node, clock, monitor } = watching();
  const heard: string[] = [];
  monitor.subscribe(() => heard.push('change'))();
  monitor.onRestartWanted(() => heard.push('restart'))();
  await clock.advance(0);
  node.mode = 'silent';
  await clock.advance(90_000);
  expect(heard).toEqual([]);
});

it.each([
  { intervalMs: 0 },
  { timeoutMs: Number.NaN },
  { failureThreshold: -1 },
  { minPeers: -1 },
  { stuckAfterMs: Number.POSITIVE_INFINITY },
  { intervalMs: 2 ** 31 },
])('refuses %j', (options) => {
  expect(() => createMonitor({ endpoint, ...options })).toThrow(HealthError);
});

it('asks nobody as long as another process answers in the place of the node, and then the node', async () => {
  const { clock, monitor } = watching();
  monitor.strangerAnswers('python3 (pid 5)');
  await clock.advance(5_000);
  expect(await monitor.check({ live: true })).toMatchObject({
    status: 'degraded',
    reason: 'another process answers in its place: python3 (pid 5)',
    clientVersion: null,
  });
  monitor.strangerAnswers(null);
  expect(await monitor.check({ live: true })).toMatchObject({ status: 'healthy' });
});
