import { expect, it } from 'vitest';

import { scriptedNode } from '../test/scripted-node.ts';
import { endpoint, watching } from '../test/watching.ts';
import { createMonitor } from './create-monitor.ts';

it('forgives silence while the machine slept, where the clock stands still meanwhile', async () => {
  const { node, clock, monitor, restarts } = watching();
  await clock.advance(0);
  node.mode = 'silent';
  await clock.advance(60_000);
  expect(monitor.snapshot.checks.rpc_endpoint.failures).toBe(2);
  node.mode = 'hangs';
  await clock.advance(30_000);
  clock.jump(8 * 3_600_000);
  node.giveUp();
  await clock.advance(0);
  expect(restarts).toEqual([]);
  node.mode = 'answers';
  await clock.advance(60_000);
  expect(monitor.snapshot).toMatchObject({
    status: 'healthy',
    timestamp: '2026-01-01T08:02:30.000Z',
  });
});

it('forgives silence while the machine slept, where the clock goes on meanwhile', async () => {
  const { node, clock, monitor, restarts } = watching();
  await clock.advance(0);
  node.mode = 'silent';
  await clock.advance(60_000);
  node.extraMs = 8 * 3_600_000;
  await clock.advance(30_000);
  expect(restarts).toEqual([]);
  expect(monitor.snapshot.checks.rpc_endpoint.failures).toBe(1);
});

it('takes the answer of a check that the machine slept through', async () => {
  const { node, clock, monitor } = watching();
  node.mode = 'hangs';
  await clock.advance(0);
  clock.jump(8 * 3_600_000);
  node.answerLate();
  await clock.advance(0);
  expect(monitor.snapshot).toMatchObject({ phase: 'synced', clientVersion: 'Geth/v1.16.9' });
});

it('counts the failure of a check that was merely slow', async () => {
  const { node, clock, monitor } = watching();
  await clock.advance(0);
  node.mode = 'hangs';
  await clock.advance(30_000);
  clock.jump(9_000);
  node.extraMs = 9_000;
  node.giveUp();
  await clock.advance(0);
  expect(monitor.snapshot.checks.rpc_endpoint.failures).toBe(1);
});

it('takes no pause between checks on demand for sleep', async () => {
  const node = scriptedNode();
  const monitor = createMonitor({ endpoint }, node.ports);
  await monitor.check();
  node.mode = 'silent';
  for (const failures of [1, 2]) {
    await node.clock.advance(3_600_000);
    await monitor.check();
    expect(monitor.snapshot.checks.rpc_endpoint.failures).toBe(failures);
  }
});

it('counts no time asleep as time without progress', async () => {
  const { node, clock, monitor } = watching();
  node.answers['eth_syncing'] = { currentBlock: '0x1', highestBlock: '0x9' };
  await clock.advance(0);
  node.extraMs = 8 * 3_600_000;
  await clock.advance(30_000);
  expect(monitor.snapshot).toMatchObject({ phase: 'syncing', status: 'healthy' });
});
