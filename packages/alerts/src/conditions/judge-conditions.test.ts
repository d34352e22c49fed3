import { describe, expect, it } from 'vitest';
import { checksOf, exitOf, factsOf, healthOf } from '../../test/facts-of.ts';
import type { AlertFacts, HealthFacts } from '../alert-facts.ts';
import { withDefaults, type AlertOptions } from '../alert-options.ts';
import { judgeConditions } from './judge-conditions.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const judge = (facts: AlertFacts, options: AlertOptions = {}) =>
  judgeConditions(facts, withDefaults(options), now);
const found = (facts: AlertFacts, options?: AlertOptions) =>
  judge(facts, options).conditions.map(
    ({ event, severity, summary }) => `${severity} ${event}: ${summary}`,
  );
const crash = exitOf({ code: 1 });
const known = (kind: 'never' | 'short' | 'hold') =>
  ({ class: kind, summary: 'port 8545 is taken', remedy: 'free it' }) as const;

describe("a condition of the node's process", () => {
  it.each([
    [
      'has crashed',
      factsOf({
        state: 'crashed',
        reason: 'exit code 1',
        lastExit: exitOf({ lastLine: 'Fatal: bad block ' }),
      }),
      'critical crash: the node crashed: exit code 1 (last line: Fatal: bad block); it is started again (restart 1)',
    ],
    [
      'has crashed for an unknown reason',
      factsOf({ state: 'crashed' }),
      'critical crash: the node crashed: it ended; it is started again (restart 1)',
    ],
    [
      'is started again after a crash',
      factsOf({ state: 'starting', lastExit: crash, restarts: { crash: 2 } }),
      'critical crash: the node crashed: with code 1; it is started again (restart 2)',
    ],
    [
      'was ended by a signal',
      factsOf({
        state: 'starting',
        lastExit: exitOf({ code: null, signal: 'SIGSEGV' }),
        restarts: { crash: 1 },
      }),
      'critical crash: the node crashed: by SIGSEGV; it is started again (restart 1)',
    ],
    [
      'ended in a way that nobody learned',
      factsOf({
        state: 'starting',
        lastExit: exitOf({ code: null }),
        restarts: { crash: 1 },
      }),
      'critical crash: the node crashed: in an unknown way; it is started again (restart 1)',
    ],
    [
      'is running again for a moment',
      factsOf({ startedAt: now - 4_999, lastExit: crash, restarts: { crash: 1 } }),
      'critical crash: the node crashed: with code 1; it is started again (restart 1)',
    ],
    [
      'has reached the limit of restarts',
      factsOf({ state: 'error', reason: 'exit code 1', failures: 6 }),
      'critical restart-limit: the node is down and not restarted any more: exit code 1',
    ],
    [
      'cannot be run',
      factsOf({ state: 'error', reason: 'it may not be executed' }),
      'critical error: the node is down and needs the operator: it may not be executed',
    ],
    [
      'is in error for an unknown reason',
      factsOf({ state: 'error' }),
      'critical error: the node is down and needs the operator: the reason is not known',
    ],
    [
      'ended by itself',
      factsOf({ state: 'stopped', reason: 'the node ended by itself: exit code 0' }),
      'critical exit: the node is down: the node ended by itself: exit code 0',
    ],
    [
      'waits for a condition',
      factsOf({
        state: 'crashed',
        reason: 'port 8545 is taken (exit code 1)',
        lastExit: exitOf({ code: 1, lastLine: 'bye', diagnosis: known('hold') }),
        nextAction: { what: 'check' },
      }),
      'critical crash: the node crashed: port 8545 is taken (exit code 1); it is started again when this has cleared. What to do: free it',
    ],
    [
      'is started again after an end whose cause is known',
      factsOf({
        state: 'starting',
        lastExit: exitOf({ code: 1, diagnosis: known('short') }),
        restarts: { crash: 1 },
        nextAction: { what: 'restart' },
      }),
      'critical crash: the node crashed: with code 1: port 8545 is taken; it is started again (restart 1). What to do: free it',
    ],
    [
      'ended for what no restart can help, whatever was tried before',
      factsOf({
        state: 'error',
        reason: 'port 8545 is taken (exit code 1)',
        failures: 2,
        lastExit: exitOf({ diagnosis: known('never') }),
      }),
      'critical error: the node is down and needs the operator: port 8545 is taken (exit code 1). What to do: free it',
    ],
  ])('is found when it %s', (_state, facts, words) => {
    expect(found(facts)).toEqual([words]);
  });

  it('quotes at most 500 characters of the last line', () => {
    const lastExit = exitOf({ lastLine: `${'x'.repeat(500)}yy` });
    const [words = ''] = found(factsOf({ state: 'error', lastExit }));
    expect(words).toMatch(/ \(last line: x{500}\)$/);
  });

  it.each([[{ autoRestart: false }], [{ maxRestarts: 0 }], [{ restart: 'never' }]] as const)(
    'has no limit of restarts where nothing is restarted: %j',
    (options) => {
      const facts = factsOf({ state: 'error', reason: 'exit code 1', failures: 1 });
      expect(judge(facts, options).conditions.map(({ event }) => event)).toEqual(['error']);
    },
  );

  it.each([
    ['runs', factsOf({ lastExit: crash, restarts: { crash: 1 } })],
    [
      'has run for 5 seconds',
      factsOf({ startedAt: now - 5_000, lastExit: crash, restarts: { crash: 1 } }),
    ],
    ['was stopped', factsOf({ state: 'stopped', desired: 'down', lastExit: crash })],
    ['was started anew by the operator', factsOf({ state: 'starting', lastExit: crash })],
    ['is started for the first time', factsOf({ state: 'starting', restarts: { crash: 1 } })],
    [
      'is restarted by the operator',
      factsOf({ state: 'starting', lastExit: exitOf({ cause: 'asked' }), restarts: { crash: 1 } }),
    ],
    [
      'was killed by the operator',
      factsOf({ state: 'starting', lastExit: exitOf({ cause: 'forced' }), restarts: { crash: 1 } }),
    ],
    [
      'is being stopped',
      factsOf({ state: 'stopping', startedAt: now, lastExit: crash, restarts: { crash: 1 } }),
    ],
    [
      'runs, after the clock was set back for hours',
      factsOf({ startedAt: now + 7_200_000, lastExit: crash, restarts: { crash: 1 } }),
    ],
    [
      'runs since an unknown time',
      factsOf({ startedAt: null, lastExit: crash, restarts: { crash: 1 } }),
    ],
  ])('is absent when it %s', (_what, facts) => {
    expect(found(facts)).toEqual([]);
  });

  it.each([
    ['starting', 'up', ['crash', 'restart-limit', 'error', 'exit']],
    ['stopping', 'up', ['crash', 'restart-limit', 'error', 'exit']],
    ['upgrading', 'up', ['crash', 'restart-limit', 'error', 'exit']],
    ['crashed', 'up', ['crash', 'restart-limit', 'error', 'exit']],
    ['running', 'up', []],
    ['error', 'up', ['crash', 'exit']],
    ['stopped', 'up', ['crash']],
    ['stopped', 'down', []],
  ] as const)('cannot be judged while it is %s and wanted %s: %j', (state, desired, events) => {
    const { unjudged } = judge(factsOf({ state, desired }, { health: healthOf() }));
    expect([...unjudged].filter((event) => event !== 'disk')).toEqual(events);
  });

  it('is over when the operator has stopped the node', () => {
    const over = (desired: 'up' | 'down', state: 'stopped' | 'running') =>
      judge(factsOf({ state, desired })).over;
    expect(over('down', 'stopped')).toBe(true);
    expect(over('up', 'stopped')).toBe(false);
    expect(over('down', 'running')).toBe(false);
  });
});

const member = {
  healthy: true,
  etcd: 'running',
  why: null,
  member: 'member1',
  waiting_ballots: [],
  removal_ballot: null,
};

describe('a condition of the health', () => {
  const running = (health: Partial<HealthFacts>, rest: Omit<AlertFacts, 'lifecycle'> = {}) =>
    factsOf({}, { health: healthOf(health), ...rest });
  const silent = checksOf({ rpc_endpoint: { healthy: false } });
  const lonely = { peer_count: { healthy: false, peers: 0, min_required: 3 } };

  it.each([
    ['is well', running({}), []],
    [
      'is silent',
      running({ status: 'unhealthy', reason: '3 consecutive checks failed', checks: silent }),
      ['critical unhealthy: the node is unhealthy: 3 consecutive checks failed'],
    ],
    [
      'has too few peers',
      running({ status: 'degraded', checks: checksOf(lonely) }),
      ['warning peers: the node has 0 peer(s), at least 3 wanted'],
    ],
    [
      'does not know how few peers it has',
      running({
        checks: checksOf({ peer_count: { healthy: false, peers: null, min_required: 3 } }),
      }),
      ['warning peers: the node has 0 peer(s), at least 3 wanted'],
    ],
    [
      'is silent and has too few peers',
      running({ status: 'unhealthy', reason: 'silent', checks: { ...silent, ...lonely } }),
      [
        'warning peers: the node has 0 peer(s), at least 3 wanted',
        'critical unhealthy: the node is unhealthy: silent',
      ],
    ],
    [
      'is a member whose vote is missing, and that a ballot would remove',
      running({
        checks: checksOf({
          membership: { ...member, waiting_ballots: [7, 9], removal_ballot: 9 },
        }),
      }),
      [
        'critical governance: ballot 9 would remove member1 from the network',
        'warning governance: the vote of member1 is missing in ballots 7, 9',
      ],
    ],
    [
      'is a member without a quorum',
      running({
        status: 'degraded',
        reason: 'etcd has no quorum',
        checks: checksOf({
          ...lonely,
          head_progress: { healthy: false },
          membership: { ...member, healthy: false, etcd: 'no-quorum', why: 'etcd has no quorum' },
        }),
      }),
      [
        'warning peers: the node has 0 peer(s), at least 3 wanted',
        'critical governance: etcd has no quorum',
      ],
    ],
    [
      'is a member that makes no blocks',
      running({
        status: 'degraded',
        reason: 'the miner is off',
        checks: checksOf({ membership: { ...member, healthy: false, why: 'the miner is off' } }),
      }),
      ['warning governance: the miner is off'],
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
        "critical disk: 3 MiB are left where the node's data lies, 1 GiB are needed: the node stops itself when it runs out",
      ],
    ],
    [
      'is stuck',
      running({
        status: 'unhealthy',
        reason: 'stuck at block 5 of 9 for 10m',
        checks: checksOf({
          sync_status: { healthy: false, current_block: 5, highest_block: 9 },
        }),
      }),
      ['critical sync: stuck at block 5 of 9 for 10m'],
    ],
    [
      'is stuck with its whole chain',
      running({
        status: 'degraded',
        reason: 'no new block for 10m',
        checks: checksOf({ head_progress: { healthy: false } }),
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
        { refusedRestart: { refusal: 'it would be restarted now', reason: 'silent' } },
      ),
      [
        'critical unhealthy: the node is unhealthy: silent',
        'critical health-restart: it would be restarted now: silent',
      ],
    ],
  ])('is found when it %s', (_what, facts, words) => {
    expect(found(facts)).toEqual(words);
  });

  it('is not found while the node is down', () => {
    const refusedRestart = { refusal: 'not now', reason: 'silent' };
    expect(found(factsOf({}, { health: null, refusedRestart }))).toEqual([]);
  });

  it.each([
    ['syncing', { percent: 55.5 }, 555, 1000, 'syncing, at block 555 of 1000 (55.5 %)'],
    ['healing', { percent: null }, 555, null, 'healing, at block 555 of ?'],
    ['looking for peers', null, null, null, 'looking for peers'],
  ])('is a long sync when it is %s for long', (phase, sync, current, highest, words) => {
    const sync_status = { healthy: true, current_block: current, highest_block: highest };
    const facts = running({ phase, sync, checks: checksOf({ sync_status }) });
    expect(judge(facts).conditions).toEqual([
      {
        key: 'prolonged-sync',
        event: 'sync',
        severity: 'warning',
        holdMs: 86_400_000,
        summary: `the node is still ${words}`,
      },
    ]);
    expect(found(facts, { prolongedSyncMs: 0 })).toEqual([]);
  });

  it('does not hide a degradation behind a long sync', () => {
    const facts = running({ status: 'degraded', phase: 'syncing', reason: 'slow' });
    expect(judge(facts).conditions.map(({ key }) => key)).toEqual(['prolonged-sync', 'degraded']);
  });

  it('is held back where it is about peers or a degradation, and nowhere else', () => {
    const holds = (health: Partial<HealthFacts>) =>
      judge(running(health), { degradedAfterMs: 7 }).conditions.map(({ holdMs }) => holdMs);
    expect(holds({ checks: checksOf(lonely) })).toEqual([7]);
    expect(holds({ status: 'degraded' })).toEqual([7]);
    expect(holds({ status: 'unhealthy' })).toEqual([0]);
  });

  const all = ['unhealthy', 'degraded', 'peers', 'sync', 'disk', 'governance', 'health-restart'];

  it.each([
    ['the node is down', factsOf(), all],
    [
      'it was not asked yet',
      running({
        status: 'unknown',
        checks: checksOf({ peer_count: { healthy: null, peers: null, min_required: 1 } }),
      }),
      all,
    ],
    [
      'it is silent',
      running({ status: 'unhealthy', checks: silent }),
      ['sync', 'disk', 'governance'],
    ],
    [
      'all is known',
      running({
        checks: checksOf({
          disk_space: { healthy: true, free_bytes: 2, min_required_bytes: 1 },
        }),
      }),
      [],
    ],
  ])('cannot be judged where %s', (_why, facts, events) => {
    expect([...judge(facts).unjudged].toSorted()).toEqual(events.toSorted());
  });
});

describe('a condition of the log', () => {
  it('is found when its disk is full', () => {
    expect(judge(factsOf({}, { logDiskFull: true })).conditions).toEqual([
      {
        key: 'log-disk',
        event: 'log',
        severity: 'critical',
        summary: "the disk of the node's log is full: lines are being lost",
        holdMs: 0,
      },
    ]);
    expect(found(factsOf({}, { logDiskFull: false }))).toEqual([]);
  });
});
