import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { exitOf, statusOf } from '../../test/status-of.ts';
import type { EventReport } from '../report/event-report.ts';
import type { StatusFacts } from '../report/status-report.ts';
import { renderSpan, renderStatus } from './status-table.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const up = {
  state: 'running',
  desired: 'up',
  generation: 1,
  pid: 4711,
  startedAt: now - 9_045_000,
} as const;
const lastExit = exitOf({ at: now - 2000, lastLine: '  Fatal: no space left  ' });

/** The rows of a table by their labels. */
function rowsOf(lifecycle: Partial<StatusFacts['lifecycle']>, facts: Partial<StatusFacts> = {}) {
  const table = renderStatus(statusOf(lifecycle, { now, ...facts }), { now });
  expect(table).toMatch(/^(?:UNSUPERVISED.*\n)?(?:[A-Z][\w ]*: +\S.*\n)+$/);
  return Object.fromEntries(
    table
      .trimEnd()
      .split('\n')
      .map((line) => /^(.*?): +(.*)$/.exec(line)?.slice(1) as [string, string]),
  );
}

const launch = {
  binary: '/usr/bin/geth',
  args: [],
  environment: ['HOME', 'PATH'],
  endpoint: '/data/geth.ipc',
  endpointSource: 'arguments' as const,
  network: 'mainnet',
  version: null,
};

describe('renderStatus', () => {
  it('shows seven rows and what follows from nothing, for a node that was never started', () => {
    expect(rowsOf({}, { supervisorPid: null })).toEqual({
      State: 'stopped',
      PID: '-',
      Uptime: '-',
      Restarts: '0',
      Health: '-',
      Version: '-',
      Network: '-',
      Supervisor: 'not running',
      Log: '/home/op/.wemixvisor/logs/node.log',
    });
  });

  it('is loud where a node is up and nobody watches it, and only there', () => {
    const alarm = 'UNSUPERVISED: nobody restarts this node; wemixvisor start takes it up';
    const first = (...status: Parameters<typeof statusOf>) =>
      renderStatus(statusOf(...status), { now }).split('\n')[0];
    expect(first(up, { supervisorPid: null })).toBe(alarm);
    expect(first({}, { supervisorPid: null })).toMatch(/^State:/);
    expect(first(up)).toMatch(/^State:/);
    const screen = { columns: 80, rows: 3, colour: true };
    const small = renderStatus(statusOf(up, { supervisorPid: null, now }), { now, screen });
    expect(small.split('\n')[0]).toContain(`\u001B[31m${alarm}`);
    expect(small.trimEnd().split('\n')).toHaveLength(2);
  });

  it('says since when the node is in its state, by the clock of this place', () => {
    const since = new Date(2026, 10, 23, 9, 5, 7).getTime();
    const status = statusOf({ state: 'crashed', since });
    expect(renderStatus(status, { now: since + 90_000 })).toMatch(
      /^Since: +2026-11-23 09:05:07 \(1m 30s ago\)$/m,
    );
  });

  it('says that the program was replaced since the start', () => {
    const facts = { launch, binaryReplaced: true };
    const words = '/usr/bin/geth: replaced since the start, a restart runs the new one';
    expect(rowsOf(up, facts)).toMatchObject({ Program: words });
    expect(rowsOf(up, { launch, binaryReplaced: false })).not.toHaveProperty('Program');
    expect(rowsOf({}, facts)).not.toHaveProperty('Program');
  });

  it('ends with what happened of late, which commands no terminal', () => {
    const event = (hour: number, message: string, kind = 'state'): EventReport => ({
      schema: 1,
      level: 'info',
      event: kind,
      message,
      time: new Date(2026, 10, 28, hour).toISOString(),
    });
    const recent = {
      events: [event(14, 'one'), event(15, 'two', 'log-truncated-by-other')],
      warnings: ['WARN \u001B[2Jgone'],
    };
    const lines = renderStatus(statusOf({}), { now, recent }).trimEnd().split('\n');
    expect(lines.slice(-3)).toEqual([
      'Events:     2026-11-28 14:00:00  state              one',
      '            2026-11-28 15:00:00  log-truncated-by-… two',
      expect.not.stringContaining('\u001B'),
    ]);
  });

  it('gives block 0 no age', () => {
    const head = { number: 0, timestamp: '1970-01-01T00:00:00.000Z', ageSeconds: null };
    const health = healthOf({ head: { ...head, blockIntervalSeconds: null } });
    expect(rowsOf(up, { health })).toMatchObject({ Head: '0' });
  });

  it('says that an endpoint is not verified where the operator named it', () => {
    expect(rowsOf(up, { launch: { ...launch, endpointSource: 'rpc_url' } })['Endpoint']).toBe(
      '/data/geth.ipc (named by --rpc-url, not verified)',
    );
  });

  it('shows the cause of the last end while the node is up: its reason shows it while it is down', () => {
    const diagnosis = {
      cause: 'go-crash',
      class: 'retry',
      summary: 'it crashed',
      remedy: 'report it',
      evidence: 'SIGSEGV: segmentation violation',
      confidence: 'certain',
    } as const;
    const exit = exitOf({ lastLine: 'bye', diagnosis });
    expect(rowsOf({ ...up, lastExit: exit })).toMatchObject({
      Cause: 'it crashed',
      Evidence: 'SIGSEGV: segmentation violation',
    });
    expect(rowsOf({ state: 'error', lastExit: exit, reason: 'it crashed' })).not.toHaveProperty(
      'Cause',
    );
  });

  it('says how old its figures are, where there are any', () => {
    const timestamp = new Date(now - 12_000).toISOString();
    expect(rowsOf(up, { health: healthOf({ timestamp }) })['Checked']).toBe('12s ago');
    const checks = checksOf({
      rpc_endpoint: { healthy: null, latency_ms: null, failures: 0, why: null },
    });
    expect(rowsOf(up, { health: healthOf({ timestamp, checks }) })).not.toHaveProperty('Checked');
  });

  it('shows a node that is well', () => {
    expect(rowsOf(up, { health: healthOf(), launch })).toEqual({
      State: 'running',
      PID: '4711',
      Uptime: '2h 30m 45s',
      Restarts: '0',
      Health: 'healthy (synced)',
      Version: 'Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1',
      Network: 'mainnet',
      Checked: '0s ago',
      Head: '1000, 2s old when last seen',
      Peers: '3',
      Endpoint: '/data/geth.ipc',
      Supervisor: 'pid 100',
      Log: '/home/op/.wemixvisor/logs/node.log',
    });
  });

  it('shows that a node was adopted', () => {
    expect(rowsOf({ ...up, adopted: true })['State']).toBe('running (adopted)');
  });

  it('shows a node that starts, before its first health check', () => {
    expect(rowsOf({ ...up, state: 'starting' })).toMatchObject({ State: 'starting', Health: '-' });
  });

  it('shows what a node does that is stopping, and for how long', () => {
    const stopPhase = { what: 'writing cached state', since: now - 42_000 };
    const stopping = { ...up, state: 'stopping', adopted: true, stopPhase } as const;
    expect(rowsOf(stopping)['State']).toBe('stopping (writing cached state, 42s)');
  });

  it('shows what the last end had cost, while the node is up', () => {
    const repair = { unclean_ends: 1, rewound_blocks: 12 };
    expect(rowsOf(up, { repair })['Repair']).toBe(
      'its last end was not clean, blocks it went back: 12',
    );
    expect(rowsOf(up, { repair: { ...repair, unclean_ends: 3 } })['Repair']).toMatch(
      /: 12; it remembers 3 such ends$/,
    );
    expect(rowsOf({ state: 'stopped' }, { repair })).not.toHaveProperty('Repair');
  });

  it('shows when a node that is stopping will be killed', () => {
    const stopping = { ...up, state: 'stopping', reason: 'stopped by the operator' } as const;
    expect(rowsOf({ ...stopping, nextAction: { what: 'kill', at: now + 299_000 } })).toMatchObject({
      Reason: 'stopped by the operator',
      Next: 'kill in 4m 59s',
    });
    expect(rowsOf(stopping)).not.toHaveProperty('Next');
  });

  it('shows why a crashed node is down, its last line, and when it is started again', () => {
    const crashed = {
      state: 'crashed',
      desired: 'up',
      reason: 'exit code 1',
      lastExit,
      nextAction: { what: 'restart', at: now + 5000 },
      restarts: { crash: 2, health: 1, operator: 3 },
    } as const;
    const rows = rowsOf(crashed, { health: healthOf() });
    expect(rows).toMatchObject({
      State: 'crashed',
      PID: '-',
      Health: '-',
      Restarts: '6 (2 after a crash, 1 for health, 3 by the operator)',
      Reason: 'exit code 1',
      'Last exit': 'with code 1, 2s ago',
      'Last line': 'Fatal: no space left',
      Next: 'restart in 5s',
    });
    expect(rows).not.toHaveProperty('Head');
  });

  it('shows a restart that is overdue as one in no time', () => {
    const nextAction = { what: 'restart', at: now - 60_000 } as const;
    expect(rowsOf({ state: 'crashed', nextAction })['Next']).toBe('restart in 0s');
  });

  it('shows a node that needs the operator, with nothing due', () => {
    const rows = rowsOf({ state: 'error', desired: 'up', reason: 'exit code 1', lastExit });
    expect(rows).toMatchObject({ State: 'error', Reason: 'exit code 1' });
    expect(rows).not.toHaveProperty('Next');
  });

  it('does not hide that the last exit was forced', () => {
    const forced = exitOf({ code: null, signal: 'SIGKILL', cause: 'forced', at: now - 2000 });
    expect(rowsOf({ lastExit: forced })['Last exit']).toBe(
      'by SIGKILL, 2s ago, FORCED: wemixvisor killed it',
    );
  });

  it('says that nobody watches a node that runs', () => {
    expect(rowsOf(up, { supervisorPid: null })['Supervisor']).toBe(
      'not running: start takes the node up again',
    );
  });

  it('shows how far a sync has come', () => {
    const checks = checksOf({
      sync_status: {
        healthy: true,
        syncing: true,
        current_block: 250,
        highest_block: 1000,
        stuck_seconds: 0,
      },
    });
    const sync = { percent: 25, ratePerSecond: 10, etaSeconds: 75 };
    expect(rowsOf(up, { health: healthOf({ checks, sync }) })['Sync']).toBe(
      '250 of 1000 (25 %), 1m 15s to go',
    );
    const unclear = healthOf({
      checks: checksOf({
        sync_status: {
          healthy: null,
          syncing: null,
          current_block: null,
          highest_block: null,
          stuck_seconds: null,
        },
      }),
      sync: { percent: null, ratePerSecond: null, etaSeconds: null },
    });
    expect(rowsOf(up, { health: unclear })['Sync']).toBe('? of ?');
  });

  it('says why a node is not well, and leaves out what it does not tell', () => {
    const health = healthOf({
      healthy: false,
      status: 'degraded',
      reason: '0 peers, at least 1 wanted',
      head: null,
      checks: checksOf({ peer_count: { healthy: null, peers: null, min_required: 1 } }),
    });
    const rows = rowsOf(up, { health });
    expect(rows['Health']).toBe('degraded (0 peers, at least 1 wanted)');
    expect(rows).not.toHaveProperty('Head');
    expect(rows).not.toHaveProperty('Peers');
  });
});

describe('renderSpan', () => {
  it.each([
    [0, '0s'],
    [999, '0s'],
    [-5000, '0s'],
    [1000, '1s'],
    [61_500, '1m 1s'],
    [90_061_000, '1d 1h 1m 1s'],
  ])('shows %i ms as %s', (milliseconds, words) => {
    expect(renderSpan(milliseconds)).toBe(words);
  });
});
