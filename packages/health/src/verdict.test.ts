import { expect, it } from 'vitest';

import { historyOf, seenAt, silenceAt, syncingAt, optionsWith } from '../test/observations.ts';
import { recordObservation, type History } from './history.ts';
import type { HealthOptions } from './options.ts';
import { phaseOf } from './phase.ts';
import { judge } from './verdict.ts';

function judged(history: History, overrides: Partial<HealthOptions> = {}, refusal?: string) {
  const options = optionsWith(overrides);
  const phase = phaseOf(history, options);
  const known = { restartRefusal: refusal ?? null };
  return { phase, ...judge(history, options, phase, known) };
}

it('knows nothing before the first check', () => {
  expect(judged(historyOf())).toMatchObject({
    phase: 'starting',
    status: 'unknown',
    reason: 'not checked yet',
    checks: { rpc_endpoint: { healthy: null, latency_ms: null } },
  });
});

it('does not count silence before the first answer', () => {
  const history = historyOf(silenceAt(1), silenceAt(2), silenceAt(3), silenceAt(4));
  expect(judged(history)).toMatchObject({
    phase: 'starting',
    status: 'unknown',
    restartWanted: false,
    reason: 'starting, no answer from its RPC for 4s: no answer (timeout)',
    checks: { rpc_endpoint: { healthy: null, failures: 0 } },
  });
});

it('reports a node that never answers, and still wants no restart', () => {
  const verdict = judged(historyOf(silenceAt(601)));
  expect(verdict).toMatchObject({ phase: 'starting', status: 'degraded', restartWanted: false });
  expect(verdict.reason).toContain('10m');
});

it('says what goes on in a node that repairs its database before anyone has asked it', () => {
  expect(judged({ ...historyOf(), repairing: true })).toMatchObject({
    phase: 'database repair',
    status: 'unknown',
    reason: 'the node repairs its database, which can take hours',
  });
});

it('says who answers in the place of a node that has not answered yet', () => {
  const history = { ...historyOf(), stranger: 'python3 (pid 5)' };
  expect(judged(history)).toMatchObject({
    phase: 'starting',
    status: 'degraded',
    reason: 'another process answers in its place: python3 (pid 5)',
    restartWanted: false,
  });
  expect(recordObservation(history, seenAt(1)).stranger).toBeNull();
});

it('does not promise a restart that would not be made, and still asks for it', () => {
  const why = 'no restart before 14:05';
  const one = historyOf(seenAt(0), silenceAt(30));
  expect(judged(one, {}, why).next).toBe(`if it stays silent, ${why}`);
  const three = historyOf(seenAt(0), silenceAt(30), silenceAt(60), silenceAt(90));
  expect(judged(three, {}, why)).toMatchObject({ next: why, restartWanted: true });
});

it('waits as long as it takes for a node that repairs its database', () => {
  const history = { ...historyOf(silenceAt(7_500)), repairing: true };
  expect(judged(history)).toMatchObject({
    phase: 'database repair',
    status: 'unknown',
    reason: 'database repair, no answer from its RPC for 2h 5m: no answer (timeout)',
  });
});

it('finds a synced node healthy, with the figures of the guide', () => {
  expect(judged(historyOf(seenAt(0)))).toMatchObject({
    phase: 'synced',
    status: 'healthy',
    reason: 'synced at block 100',
    next: null,
    checks: {
      rpc_endpoint: { healthy: true, latency_ms: 12, failures: 0, why: null },
      peer_count: { healthy: true, peers: 3, min_required: 1 },
      sync_status: { healthy: true, syncing: false, current_block: 100, highest_block: 100 },
    },
  });
});

it('degrades with the first silence and wants a restart at the third', () => {
  const one = historyOf(seenAt(0), silenceAt(30));
  expect(judged(one)).toMatchObject({
    status: 'degraded',
    reason: '1 of 3 consecutive checks failed: no answer (timeout)',
    next: 'if it stays silent, a restart is wanted in 1m',
    restartWanted: false,
  });
  const three = historyOf(seenAt(0), silenceAt(30), silenceAt(60), silenceAt(90));
  expect(judged(three)).toMatchObject({
    status: 'unhealthy',
    reason: '3 consecutive checks failed: no answer (timeout)',
    next: 'a restart is asked for',
    restartWanted: true,
    checks: { rpc_endpoint: { healthy: false, failures: 3 } },
  });
});

it('asks again only after as many further failures', () => {
  const wanted = [1, 2, 3, 4, 5, 6, 7].map((failures) => {
    const silences = Array.from({ length: failures }, (_, at) => silenceAt(30 * (at + 1)));
    return judged(historyOf(seenAt(0), ...silences)).restartWanted;
  });
  expect(wanted).toEqual([false, false, true, false, false, true, false]);
});

it('wants no restart of a node that answers but refuses', () => {
  const refusals = [30, 60, 90].map((second) => silenceAt(second, 'rejected'));
  expect(judged(historyOf(seenAt(0), ...refusals))).toMatchObject({
    status: 'unhealthy',
    next: 'nothing is restarted, as that would not help',
    restartWanted: false,
  });
  expect(judged(historyOf(seenAt(0), ...refusals.slice(1))).next).toContain('would not help');
});

it('forgets silence with the next answer', () => {
  const history = historyOf(seenAt(0), silenceAt(30), silenceAt(60), seenAt(90));
  expect(judged(history)).toMatchObject({
    status: 'healthy',
    checks: { rpc_endpoint: { failures: 0 } },
  });
});

it('calls a method that is not offered unknown, never unhealthy', () => {
  const history = historyOf(seenAt(0, { peers: null, syncing: null, head: null }));
  expect(judged(history)).toMatchObject({
    status: 'healthy',
    checks: {
      rpc_endpoint: { healthy: true },
      peer_count: { healthy: null, peers: null },
      sync_status: { healthy: null, syncing: null, current_block: null },
      head_progress: { healthy: null },
    },
  });
});

it('reports too few peers', () => {
  expect(judged(historyOf(seenAt(0, { peers: 1 })), { minPeers: 4 })).toMatchObject({
    phase: 'synced',
    status: 'degraded',
    reason: '1 peer(s), at least 4 wanted',
    restartWanted: false,
  });
});

it('does not call a fresh node without peers synced', () => {
  const alone = seenAt(0, { peers: 0, head: { number: 0, timestamp: 0 } });
  expect(judged(historyOf(alone))).toMatchObject({
    phase: 'looking for peers',
    status: 'degraded',
  });
  expect(judged(historyOf(alone), { minPeers: 0 })).toMatchObject({
    phase: 'synced',
    status: 'healthy',
  });
  expect(judged(historyOf({ ...alone, peers: 2 })).phase).toBe('syncing');
});

it('finds a syncing node healthy for as long as any counter moves', () => {
  const checks = Array.from({ length: 50 }, (_, at) =>
    seenAt(at * 30, {
      syncing: syncingAt(5, 900, { healedTrienodes: `0x${at.toString(16)}` }),
      head: { number: 5, timestamp: 1 },
    }),
  );
  expect(judged(historyOf(...checks))).toMatchObject({
    phase: 'syncing',
    status: 'healthy',
    checks: { sync_status: { healthy: true, syncing: true, current_block: 5, highest_block: 900 } },
  });
});

it('finds a sync that stands still unhealthy after ten minutes, and wants no restart', () => {
  const stuck = (second: number, highest: number) =>
    seenAt(second, { syncing: syncingAt(5, highest), head: { number: 5, timestamp: 1 } });
  expect(judged(historyOf(stuck(0, 900), stuck(590, 950))).status).toBe('healthy');
  expect(judged(historyOf(stuck(0, 900), stuck(590, 950), stuck(600, 960)))).toMatchObject({
    phase: 'stalled',
    status: 'unhealthy',
    reason: 'sync stands still at block 5 of 960 for 10m',
    restartWanted: false,
    checks: { sync_status: { healthy: false, stuck_seconds: 600 } },
  });
});

it('does not take indexing at the head for syncing', () => {
  const syncing = syncingAt(900, 900, { txIndexRemainingBlocks: '0x10' });
  expect(judged(historyOf(seenAt(0, { syncing })))).toMatchObject({
    phase: 'indexing',
    status: 'healthy',
    checks: { sync_status: { syncing: false, current_block: 900, highest_block: 900 } },
  });
});

it.each([
  ['behind', 5],
  ['at the head', 900],
])('sees healing while %s', (_where, current) => {
  const syncing = syncingAt(current, 900, { healingTrienodes: '0x3' });
  expect(judged(historyOf(seenAt(0, { syncing }))).phase).toBe('healing');
});

it('looks for peers while syncing without any', () => {
  const history = historyOf(seenAt(0, { syncing: syncingAt(5, 9), peers: 0 }));
  expect(judged(history).phase).toBe('looking for peers');
});

it('reports low disk space', () => {
  const history = historyOf(seenAt(0, { freeDiskBytes: 900 * 1024 ** 2 }));
  expect(judged(history, { dataDirectory: '/data' })).toMatchObject({
    status: 'degraded',
    reason: '900 MiB of disk space are left, 1 GiB are needed',
    checks: { disk_space: { healthy: false, min_required_bytes: 1024 ** 3 } },
  });
  const unseen = judged(historyOf(seenAt(0)), { dataDirectory: '/data' });
  expect(unseen).toMatchObject({ status: 'healthy', checks: { disk_space: { healthy: null } } });
  expect(
    judged(history, { dataDirectory: '/data', minimumFreeDiskBytes: 0 }).checks,
  ).not.toHaveProperty('disk_space');
});

it('watches only the process where no endpoint is known', () => {
  expect(judged(historyOf(silenceAt(0)), { endpoint: null })).toMatchObject({
    phase: 'running',
    status: 'unknown',
    reason: 'no RPC endpoint is known: only the process is watched',
    checks: { rpc_endpoint: { healthy: null } },
  });
});

it('expects nothing of a node that stops or is down', () => {
  const history = { ...historyOf(seenAt(0), silenceAt(30)), stopping: true };
  expect(judged(history)).toMatchObject({
    phase: 'stopping',
    status: 'unknown',
    reason: 'the node stops or is down',
  });
});

const pace = [0, 2, 4, 6, 8].map((second) => seenAt(second));
const standing = (second: number, referenceHead: number | null = null) =>
  seenAt(second, { head: { number: 108, timestamp: 1_700_000_008 }, referenceHead });

it('gives a standing head the patience of its own chain', () => {
  expect(judged(historyOf(...pace, standing(67)))).toMatchObject({
    phase: 'synced',
    checks: { head_progress: { healthy: true, standing_seconds: 59, block_interval_seconds: 1 } },
  });
});

it('reports a head that stands while nobody knows a higher one', () => {
  expect(judged(historyOf(...pace, standing(68)))).toMatchObject({
    phase: 'stalled',
    status: 'degraded',
    reason: 'no new block for 1m; its peers know none either, the whole chain may stand',
    restartWanted: false,
  });
});

it('names why the network leaves the node behind, where peers are lost or the head stands still', () => {
  const leftBehind = 'the hard fork Osaka has passed, and its program does not have it';
  const because = (history: History) =>
    judge(history, optionsWith(), phaseOf(history, optionsWith()), {
      leftBehind: { peers: leftBehind, head: leftBehind },
    });
  expect(because(historyOf(...pace, standing(68)))).toMatchObject({
    status: 'unhealthy',
    reason: `no new block for 1m: ${leftBehind}`,
  });
  expect(because(historyOf(seenAt(1, { peers: 0 })))).toMatchObject({
    status: 'degraded',
    reason: `0 peer(s), at least 1 wanted: ${leftBehind}`,
  });
  expect(because(historyOf(seenAt(1)))).toMatchObject({ status: 'healthy' });
});

it('tells a standing node from a standing chain by a reference node', () => {
  expect(judged(historyOf(...pace, standing(68, 108)))).toMatchObject({
    status: 'degraded',
    reason: 'no new block for 1m; the reference node has none either, the whole chain stands',
  });
  expect(judged(historyOf(...pace, standing(68, 150)))).toMatchObject({
    status: 'unhealthy',
    reason: 'no new block for 1m while the reference node has newer ones',
    restartWanted: false,
    checks: { head_progress: { peers_ahead: true } },
  });
});

it.each([
  [15, 300],
  [60, 1_200],
])('gives a chain with a block every %i s a patience of %i s', (interval, patience) => {
  const blocks = [0, 1, 2].map((number) =>
    seenAt(number * interval, { head: { number: number + 1, timestamp: number * interval } }),
  );
  const last = 2 * interval;
  const head = { number: 3, timestamp: last };
  const phaseAfter = (second: number) =>
    judged(historyOf(...blocks, seenAt(last + second, { head }))).phase;
  expect([phaseAfter(patience - 1), phaseAfter(patience)]).toEqual(['synced', 'stalled']);
});

it('learns nothing from the years between genesis and the first block', () => {
  const blocks = [1_000_000, 1_700_000_000, 1_700_000_002].map((timestamp, number) =>
    seenAt(number, { head: { number, timestamp } }),
  );
  expect(judged(historyOf(...blocks)).checks.head_progress.block_interval_seconds).toBe(2);
});

it('does not expect more of a chain that pauses than it ever did', () => {
  const lazy = [0, 1, 2, 400].map((second, at) =>
    seenAt(second, { head: { number: at + 1, timestamp: second } }),
  );
  const phaseAt = (second: number) =>
    judged(historyOf(...lazy, seenAt(second, { head: { number: 4, timestamp: 400 } }))).phase;
  // Three times its longest pause of 398 s, from second 400 on.
  expect([phaseAt(1_593), phaseAt(1_594)]).toEqual(['synced', 'stalled']);
});

it('believes a node that says why it stands still, once its head does', () => {
  const reason = 'the node says that no consensus client drives it';
  const complains = { standstillReason: reason, head: { number: 0, timestamp: 0 } };
  const syncing = syncingAt(0, 0, { txIndexRemainingBlocks: '0x1' });
  const early = historyOf(seenAt(0, complains), seenAt(59, { ...complains, syncing }));
  expect(judged(early).status).toBe('healthy');
  const late = historyOf(seenAt(0, complains), seenAt(60, { ...complains, syncing }));
  expect(judged(late)).toMatchObject({
    phase: 'stalled',
    status: 'degraded',
    reason,
    restartWanted: false,
    checks: { head_progress: { healthy: false, standing_seconds: 60 } },
  });
  const moved = recordObservation(late, seenAt(61, { standstillReason: reason }));
  expect(judged(moved).status).toBe('healthy');
  const silent = recordObservation(late, seenAt(200, { ...complains, standstillReason: null }));
  expect(judged(silent).status).toBe('healthy');
});

it('names the missing consensus client where a network needs one', () => {
  const seen = {
    head: { number: 0, timestamp: 0 },
    identity: { clientVersion: null, chainId: 560_048 },
    syncing: syncingAt(0, 0, { txIndexRemainingBlocks: '0x1' }),
  };
  expect(judged(historyOf(seenAt(0, seen), seenAt(239, seen)))).toMatchObject({
    phase: 'indexing',
    status: 'healthy',
  });
  expect(judged(historyOf(seenAt(0, seen), seenAt(240, seen)))).toMatchObject({
    phase: 'stalled',
    status: 'degraded',
    restartWanted: false,
    reason:
      'no new block for 4m; it seems that no consensus client drives this node: start one, or see that it reaches the Engine API',
  });
  const elsewhere = { ...seen, referenceHead: 0 };
  const both = historyOf(seenAt(0, elsewhere), seenAt(240, elsewhere));
  expect(judged(both).reason).toContain('the reference node has none either');
});
