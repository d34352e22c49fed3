import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { lifecycleOf } from '../../test/status-of.ts';
import type { AlertFacts, AlertSettings } from './alert-facts.ts';
import { judgeTroubles } from './judge-troubles.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const settings: AlertSettings = {
  ...{ alertsDegradedAfter: 300_000, alertsProlongedSync: 86_400_000 },
  ...{ autoRestart: true, maxRestarts: 5, restart: 'on-failure' },
};

function factsOf(
  lifecycle: Parameters<typeof lifecycleOf>[0],
  rest: Partial<AlertFacts> = {},
): AlertFacts {
  return {
    lifecycle: lifecycleOf({ desired: 'up', ...lifecycle }),
    failures: 0,
    health: null,
    lastLine: null,
    restartNotMade: null,
    logDiskFull: false,
    ...rest,
  };
}

const up = { state: 'running', pid: 7, startedAt: now - 3_600_000 } as const;
const crash = {
  ...{ code: 1, signal: null, forced: false, asked: false, at: now - 1_000, uptimeMs: 5_000 },
};
const judge = (facts: AlertFacts, changes: Partial<AlertSettings> = {}) =>
  judgeTroubles(facts, { ...settings, ...changes }, now);
const told = (facts: AlertFacts, changes?: Partial<AlertSettings>) =>
  judge(facts, changes).troubles.map(
    ({ event, severity, summary }) => `${severity} ${event}: ${summary}`,
  );

describe("what is wrong with the node's process", () => {
  it.each([
    [
      'crashed',
      factsOf(
        { state: 'crashed', reason: 'exit code 1', lastExit: crash },
        { lastLine: 'Fatal: bad block ' },
      ),
      'critical crash: the node crashed: exit code 1 (last line: Fatal: bad block); it is started again (restart 1)',
    ],
    [
      'started again after a crash',
      factsOf({
        state: 'starting',
        lastExit: crash,
        restarts: { crash: 2, health: 0, operator: 0 },
      }),
      'critical crash: the node crashed: with code 1; it is started again (restart 2)',
    ],
    [
      'running again for a moment',
      factsOf({
        ...{ ...up, startedAt: now - 4_000, lastExit: crash },
        restarts: { crash: 1, health: 0, operator: 0 },
      }),
      'critical crash: the node crashed: with code 1; it is started again (restart 1)',
    ],
    [
      'at the limit of restarts',
      factsOf({ state: 'error', reason: 'exit code 1, whatever else it says' }, { failures: 6 }),
      'critical restart-limit: the node is down and not restarted any more: exit code 1, whatever else it says',
    ],
    [
      'in error',
      factsOf({ state: 'error', reason: 'it may not be executed' }),
      'critical error: the node is down and needs the operator: it may not be executed',
    ],
    [
      'ended by itself',
      factsOf({ state: 'stopped', reason: 'the node ended by itself: exit code 0' }),
      'critical exit: the node is down: the node ended by itself: exit code 0',
    ],
  ])('is told of one that is %s', (_state, facts, words) => {
    expect(told(facts)).toEqual([words]);
  });

  it.each([
    [{ autoRestart: false }, 'exit code 1; automatic restart is off'],
    [{ maxRestarts: 0 }, 'exit code 1; automatic restart is off'],
    [{ restart: 'never' }, 'exit code 1; restarts in a row that did not help: 5'],
  ] as const)('has no limit to be told of where nothing is restarted: %j', (changes, reason) => {
    const facts = factsOf({ state: 'error', reason }, { failures: 1 });
    expect(judge(facts, changes).troubles.map(({ event }) => event)).toEqual(['error']);
  });

  it.each([
    ['runs', factsOf({ ...up, lastExit: crash, restarts: { crash: 1, health: 0, operator: 0 } })],
    ['was stopped', factsOf({ state: 'stopped', desired: 'down', lastExit: crash })],
    ['was started anew by the operator', factsOf({ state: 'starting', lastExit: crash })],
    [
      'is restarted by the operator',
      factsOf({
        ...{ state: 'starting', lastExit: { ...crash, asked: true } },
        restarts: { crash: 1, health: 0, operator: 1 },
      }),
    ],
    [
      'runs, when the clock was set back for hours',
      factsOf({
        ...{ ...up, startedAt: now + 7_200_000, lastExit: crash },
        restarts: { crash: 1, health: 0, operator: 0 },
      }),
    ],
  ])('is nothing when it %s', (_what, facts) => {
    expect(told(facts)).toEqual([]);
  });

  it('leaves what it told before as it is until the node runs or is stopped', () => {
    const unjudged = (state: 'starting' | 'running' | 'error' | 'stopped') =>
      [...judge(factsOf({ ...up, state }, { health: healthOf() })).unjudged].filter(
        (event) => event !== 'disk',
      );
    expect(unjudged('starting')).toEqual(['crash', 'restart-limit', 'error', 'exit']);
    expect(unjudged('running')).toEqual([]);
    expect(unjudged('error')).toEqual(['crash', 'exit']);
    expect(unjudged('stopped')).toEqual(['crash']);
  });

  it('is over when the operator has stopped the node', () => {
    expect(judge(factsOf({ state: 'stopped', desired: 'down' })).over).toBe(true);
    expect(judge(factsOf({ state: 'stopped', desired: 'up' })).over).toBe(false);
  });
});

describe('what is wrong with the health of a node', () => {
  const running = (health: Parameters<typeof healthOf>[0], rest: Partial<AlertFacts> = {}) =>
    factsOf(up, { health: healthOf(health), ...rest });
  const silent = checksOf({
    rpc_endpoint: { healthy: false, latency_ms: null, failures: 3, why: 'timed out' },
  });

  it.each([
    ['is well', running({}), []],
    [
      'is silent',
      running({ status: 'unhealthy', reason: '3 consecutive checks failed', checks: silent }),
      ['critical unhealthy: the node is unhealthy: 3 consecutive checks failed'],
    ],
    [
      'has too few peers',
      running({
        status: 'degraded',
        checks: checksOf({ peer_count: { healthy: false, peers: 0, min_required: 3 } }),
      }),
      ['warning peers: the node has 0 peer(s), at least 3 wanted'],
    ],
    [
      'runs out of disk space',
      running({
        status: 'degraded',
        checks: checksOf({
          disk_space: { healthy: false, free_bytes: 3 * 1024 ** 2, min_required_bytes: 1024 ** 3 },
        }),
      }),
      [
        "critical disk: 3 MiB are left where the node's data lies, 1024 MiB are needed: the node stops itself when it runs out",
      ],
    ],
    [
      'stands still',
      running({
        status: 'unhealthy',
        reason: 'sync stands still at block 5 of 9 for 10m',
        checks: checksOf({
          sync_status: {
            ...{ healthy: false, syncing: true, current_block: 5, highest_block: 9 },
            stuck_seconds: 600,
          },
        }),
      }),
      ['critical sync: sync stands still at block 5 of 9 for 10m'],
    ],
    [
      'stands still with its whole chain',
      running({
        status: 'degraded',
        reason: 'no new block for 10m',
        checks: checksOf({
          head_progress: {
            ...{ healthy: false, standing_seconds: 600, block_interval_seconds: 1 },
            peers_ahead: null,
          },
        }),
      }),
      ['warning sync: no new block for 10m'],
    ],
    [
      'takes too long to start',
      running({ status: 'degraded', reason: 'starting, no answer from its RPC for 10m' }),
      ['warning degraded: the node is degraded: starting, no answer from its RPC for 10m'],
    ],
    [
      'may not be restarted',
      running(
        { status: 'unhealthy', reason: 'silent', checks: silent },
        { restartNotMade: { refusal: 'it would be restarted now', reason: 'silent' } },
      ),
      [
        'critical unhealthy: the node is unhealthy: silent',
        'critical health-restart: it would be restarted now: silent',
      ],
    ],
  ] as const)('is told of one that %s', (_what, facts, words) => {
    expect(told(facts)).toEqual(words);
  });

  it('tells of a long sync, with how far it has come, unless that is off', () => {
    const sync = { percent: 55.5, ratePerSecond: 10, etaSeconds: 90 };
    const facts = running({
      phase: 'syncing',
      sync,
      checks: checksOf({
        sync_status: {
          ...{ healthy: true, syncing: true, current_block: 555, highest_block: 1000 },
          stuck_seconds: 0,
        },
      }),
    });
    expect(judge(facts).troubles).toMatchObject([
      {
        key: 'prolonged-sync',
        event: 'sync',
        holdMs: 86_400_000,
        summary: 'the node is still syncing, at block 555 of 1000 (55.5 %)',
      },
    ]);
    expect(told(facts, { alertsProlongedSync: 0 })).toEqual([]);
  });

  it('holds peers and a degradation back, and nothing else', () => {
    const held = running({
      status: 'degraded',
      checks: checksOf({ peer_count: { healthy: false, peers: 0, min_required: 3 } }),
    });
    expect(judge(held).troubles.map(({ holdMs }) => holdMs)).toEqual([300_000]);
  });

  it('judges nothing of a node that is down, or was not asked yet', () => {
    const all = ['unhealthy', 'degraded', 'peers', 'sync', 'disk', 'health-restart'];
    expect([...judge(factsOf(up)).unjudged]).toEqual(all);
    const peer_count = { healthy: null, peers: null, min_required: 1 };
    const unasked = judge(running({ status: 'unknown', checks: checksOf({ peer_count }) }));
    expect([...unasked.unjudged].toSorted()).toEqual(all.toSorted());
  });
});

describe('what is wrong with the log', () => {
  it('is told of a full disk', () => {
    expect(told(factsOf(up, { logDiskFull: true }))).toEqual([
      "critical log: the disk of the node's log is full: lines are being lost",
    ]);
  });
});
