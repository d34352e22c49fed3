import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, factsOf, healthOf, now, samplesOf, shown, statusOf } from '../../test/facts-of.ts';
import type { DashboardFacts } from '../facts.ts';
import { firstUi } from '../ui.ts';
import { widthOf } from './pen.ts';
import { screenOf } from './screen.ts';

const zone = process.env['TZ'];
beforeAll(() => void (process.env['TZ'] = 'UTC'));
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const crashed: Partial<DashboardFacts> = {
  status: statusOf({
    state: 'crashed',
    state_since: ago(4_000),
    pid: null,
    usage: null,
    health: null,
    reason:
      "the node was killed; the kernel's out-of-memory killer is the usual reason (ended by SIGKILL)",
    next_action: { what: 'restart', at: ago(-4_300) },
    last_exit: { diagnosis: { remedy: 'give the machine more memory' } },
  }),
  alerts: [
    { severity: 'critical', event: 'crash', summary: 'the node crashed', since: ago(4_000) },
    { severity: 'warning', event: 'disk-low', summary: '812 GiB free', since: ago(90_000) },
  ],
};

describe('the screen', () => {
  it('of a node that is well', () => {
    expect(shown({ columns: 80, rows: 24 })).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                                                   03:12:20
      RUNNING  healthy (synced), no alerts           supervisor 4242 · checked 12s ago
      pid 4243 · up 3d 4h · 2 restarts · mainnet · Geth/v1.16.9-stable
      ────────────────────────────────────────────────────────── [15 min]  6 h  24 h ─
      Head    21,345,678, seen 2s old, 5.0/min            ▁█▇█▇▆▇▇█▇▆▇█▇█▇▆▇▇█▇▆▇█▇█▇▆
      Peers   25                                          ▄▄▄▄▄▄▄▄▄▄▄▆████████████████
      RPC     3 ms                                        ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁
      CPU     12 % of a core                              ██████▃▃▃▃▃▅█████▃▃▃▃▃▅█████
      Memory  4.2 GiB                                     ▁▁▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇████
      Disk    812 GiB free, full in 11 days               ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▄▄▄
      ─ Events ───────────────────────────────────────────────────────────────────────
      11-26    WARN  running → crashed: out of memory
      01:12:20 INFO  crashed → starting
      01:12:29 INFO  starting → running
      ─ Log ──────────────────────────────────────────────────────────────────────────
      03:12:12 INFO  Imported new potential chain segment number=35
      03:12:13 INFO  Imported new potential chain segment number=36
      03:12:14 INFO  Imported new potential chain segment number=37
      03:12:15 INFO  Imported new potential chain segment number=38
      03:12:16 INFO  Imported new potential chain segment number=39
      03:12:17 INFO  Imported new potential chain segment number=40
      03:12:18 WARN  Snapshot extension registration failed peer=3f1a [2J
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  r restart  s stop  q quit  ? help"
    `);
  });

  it('of one of 120 columns, with what each history reaches to', () => {
    expect(shown({ columns: 120, rows: 40 })).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                                                                                           03:12:20
      RUNNING  healthy (synced), no alerts                                                   supervisor 4242 · checked 12s ago
      pid 4243 · up 3d 4h · 2 restarts (1 after a crash, 1 for health) · mainnet · Geth/v1.16.9-stable
      ────────────────────────────────────────────────────────────────────────────────────────────────── [15 min]  6 h  24 h ─
      Head    21,345,678, seen 2s old, 5.0/min                       ▇▅▇▄█▄▇▅▇▇▅▇▄▅▇▇▅▇▄█▄▇▅▇▇▅▄▇▅▇▇▅▇▄█▄▇▅▇▄▇  max 8.0/min
      Peers   25                                                     ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▆████████████████████████  max 25
      RPC     3 ms                                                   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  max 52 ms
      CPU     12 % of a core                                         ████████▆▃▃▃▃▃▃▃▅███████▇▃▃▃▃▃▃▃▃████████  max 40 %
      Memory  4.2 GiB                                                ▁▁▁▁▁▁▂▂▂▂▂▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  max 4.2 GiB
      Disk    812 GiB free, full in 11 days                          ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄  min 812 GiB
      ─ Events ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
      11-26    WARN  running → crashed: out of memory
      01:12:20 INFO  crashed → starting
      01:12:29 INFO  starting → running
      ─ Log ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      03:11:56 INFO  Imported new potential chain segment number=19
      03:11:57 INFO  Imported new potential chain segment number=20
      03:11:58 INFO  Imported new potential chain segment number=21
      03:11:59 INFO  Imported new potential chain segment number=22
      03:12:00 INFO  Imported new potential chain segment number=23
      03:12:01 INFO  Imported new potential chain segment number=24
      03:12:02 INFO  Imported new potential chain segment number=25
      03:12:03 INFO  Imported new potential chain segment number=26
      03:12:04 INFO  Imported new potential chain segment number=27
      03:12:05 INFO  Imported new potential chain segment number=28
      03:12:06 INFO  Imported new potential chain segment number=29
      03:12:07 INFO  Imported new potential chain segment number=30
      03:12:08 INFO  Imported new potential chain segment number=31
      03:12:09 INFO  Imported new potential chain segment number=32
      03:12:10 INFO  Imported new potential chain segment number=33
      03:12:11 INFO  Imported new potential chain segment number=34
      03:12:12 INFO  Imported new potential chain segment number=35
      03:12:13 INFO  Imported new potential chain segment number=36
      03:12:14 INFO  Imported new potential chain segment number=37
      03:12:15 INFO  Imported new potential chain segment number=38
      03:12:16 INFO  Imported new potential chain segment number=39
      03:12:17 INFO  Imported new potential chain segment number=40
      03:12:18 WARN  Snapshot extension registration failed peer=3f1a [2J
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  r restart  s stop  q quit  ? help"
    `);
  });

  it('of one of 50 columns and 12 rows, without what matters least', () => {
    expect(shown({ columns: 50, rows: 12 })).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth          pid 4243 · 03:12:20
      RUNNING  healthy (synced)          checked 12s ago
      ──────────────────────────── [15 min]  6 h  24 h ─
      Head    21,345,678, seen 2s old       █▇█▇██▇▇█▇█▇
      Peers   25                            ▄▄▄▄▄███████
      CPU     12 % of a core                ██▇▃▃██▅▃▄██
      Memory  4.2 GiB                       ▁▁▂▃▃▄▅▆▆▇██
      Disk    812 GiB free                  ▅▅▅▅▅▅▄▄▄▄▄▄
      ─ Log ────────────────────────────────────────────
      03:12:18 WARN  Snapshot extension registration fa…
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  q quit  ? help"
    `);
  });

  it('of one of several homes: which it is, and how to turn to the others', () => {
    const place = { at: 2, of: 3 };
    const home = '~/.wemixvisor-b';
    const at = (columns: number, ui = {}) =>
      shown({ columns, rows: 24 }, { home, place }, ui).split('\n');
    expect(at(80)[0]).toBe(
      'wemixvisor  home 2/3 ~/.wemixvisor-b                                    03:12:20',
    );
    expect(at(80).at(-1)).toBe(
      'l level  t time  e events  Tab home  r restart  s stop  q quit  ? help',
    );
    expect(at(50).at(-1)).toBe('l level  t time  Tab home  q quit  ? help');
    expect(at(80, { page: 'help' })[4]).toBe('Tab    the next home; Shift-Tab: the one before');
    expect(at(80, { asking: { action: 'stop', at: now } }).at(-1)).toBe(
      'Stop home 2/3? It has 5m to end cleanly. y: yes, other keys: no',
    );
    expect(shown({ columns: 80, rows: 24 }, {}, { page: 'help' })).not.toContain('Tab');
  });

  it('of a node that crashed: what happened, what comes next, what to do', () => {
    expect(shown({ columns: 80, rows: 24 }, crashed)).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                                                   03:12:20
      CRASHED  for 4s, 2 alerts                                        supervisor 4242
      2 restarts · mainnet · Geth/v1.16.9-stable
      the node was killed; the kernel's out-of-memory killer is the usual reason
      (ended by SIGKILL)
      restart in 5s
      what to do: give the machine more memory
      ────────────────────────────────────────────────────────── [15 min]  6 h  24 h ─
      Head    -                                           ▁█▇█▇▆▇▇█▇▆▇█▇█▇▆▇▇█▇▆▇█▇█▇▆
      Peers   -                                           ▄▄▄▄▄▄▄▄▄▄▄▆████████████████
      RPC     -                                           ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁
      CPU     -                                           ██████▃▃▃▃▃▅█████▃▃▃▃▃▅█████
      Memory  -                                           ▁▁▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇████
      Disk    812 GiB free, full in 11 days               ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▄▄▄
      ─ Alerts ───────────────────────────────────────────────────────────────────────
      4s       critical crash: the node crashed
      1m 30s   warning disk-low: 812 GiB free
      ─ Log ──────────────────────────────────────────────────────────────────────────
      03:12:15 INFO  Imported new potential chain segment number=38
      03:12:16 INFO  Imported new potential chain segment number=39
      03:12:17 INFO  Imported new potential chain segment number=40
      03:12:18 WARN  Snapshot extension registration failed peer=3f1a [2J
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  r restart  s stop  q quit  ? help"
    `);
  });

  it('of a node that crashed, low', () => {
    expect(shown({ columns: 50, rows: 12 }, crashed)).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                     03:12:20
      CRASHED  for 4s, 2 alerts
      the node was killed; the kernel's out-of-memory k…
      restart in 5s
      ──────────────────────────── [15 min]  6 h  24 h ─
      Head    -                             █▇█▇██▇▇█▇█▇
      Peers   -                             ▄▄▄▄▄███████
      Disk    812 GiB free                  ▅▅▅▅▅▅▄▄▄▄▄▄
      ─ Log ────────────────────────────────────────────
      03:12:18 WARN  Snapshot extension registration fa…
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  q quit  ? help"
    `);
  });

  it('of a node that nobody supervises: its last known figures are old and say so', () => {
    const lastHealth = healthOf({ timestamp: ago(190_000) });
    const samples = samplesOf({ newest_at: ago(185_000) });
    const status = statusOf({ supervisor_pid: null, health: null });
    const facts = { status, lastHealth, samples, alerts: null };
    expect(shown({ columns: 80, rows: 24 }, facts)).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                                                   03:12:20
      RUNNING                                                       checked 3m 10s ago
      pid 4243 · up 3d 4h · 2 restarts · mainnet · Geth/v1.16.9-stable
       UNSUPERVISED: nobody restarts this node; wemixvisor start watches it again 
      ────────────────────────────────────────────────────────── [15 min]  6 h  24 h ─
      Head    21,345,678, seen 2s old                ▅▇█▇▆▇█▇█▇▆▇▇█▇▆▇█▇█▇▆▇▇█▇▆
      Peers   25                                     ▄▄▄▄▄▄▄▄▄▄█████████████████
      RPC     3 ms                                   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁
      CPU     12 % of a core                         ████▆▃▃▃▃▃█████▆▃▃▃▃▃██████
      Memory  4.2 GiB                                ▁▁▁▁▂▂▂▃▃▃▄▄▄▅▅▅▅▆▆▆▇▇▇████
      Disk    812 GiB free, 3m 5s ago                ▅▅▅▅▅▅▅▅▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▄▄▄
      ─ Events ───────────────────────────────────────────────────────────────────────
      11-26    WARN  running → crashed: out of memory
      01:12:20 INFO  crashed → starting
      01:12:29 INFO  starting → running
      ─ Log ──────────────────────────────────────────────────────────────────────────
      03:12:13 INFO  Imported new potential chain segment number=36
      03:12:14 INFO  Imported new potential chain segment number=37
      03:12:15 INFO  Imported new potential chain segment number=38
      03:12:16 INFO  Imported new potential chain segment number=39
      03:12:17 INFO  Imported new potential chain segment number=40
      03:12:18 WARN  Snapshot extension registration failed peer=3f1a [2J
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  r restart  s stop  q quit  ? help"
    `);
    expect(shown({ columns: 50, rows: 12 }, facts).split('\n')[2]).toBe(
      ' UNSUPERVISED: nobody restarts this node ',
    );
  });

  it('of a node that syncs behind its peers, is stopped, or ends', () => {
    const health = healthOf({
      status: 'degraded',
      phase: 'syncing',
      reason: 'syncing: 1345 blocks behind',
      next: 'restart in 4m unless it moves',
      sync: { percent: 99.4, eta_seconds: 1_830 },
      checks: {
        rpc_endpoint: { healthy: true, latency_ms: 3 },
        peer_count: { healthy: false, peers: 0 },
        sync_status: { current_block: 21_345_678, highest_block: 21_347_023 },
      },
    });
    const of = (status: DashboardFacts['status'], samples = null) =>
      shown(
        { columns: 80, rows: 12 },
        { status, samples, noSamples: 'no history: the supervisor is of 0.4.0' },
      );
    expect(of(statusOf({ health }))).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                                        pid 4243 · 03:12:20
      RUNNING  degraded, no alerts                   supervisor 4242 · checked 12s ago
      syncing: 1345 blocks behind
      next: restart in 4m unless it moves
      ─────────────────────────────────────── no history: the supervisor is of 0.4.0 ─
      Head    21,345,678, seen 2s old, 1,345 behind, 5.0/min
      Sync    99.4 %, 30m 30s to go
      Peers   0
      ─ Log ──────────────────────────────────────────────────────────────────────────
      03:12:18 WARN  Snapshot extension registration failed peer=3f1a [2J
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  r restart  s stop  q quit  ? help"
    `);
    const down = { pid: null, health: null, usage: null };
    expect(
      of(
        statusOf({
          ...down,
          state: 'stopped',
          supervisor_pid: null,
          reason: 'stopped by the operator',
        }),
      ),
    ).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                                                   03:12:20
      STOPPED  for 3d 4h, no alerts
      no supervisor: wemixvisor start
      stopped by the operator
      ─────────────────────────────────────── no history: the supervisor is of 0.4.0 ─
      ─ Log ──────────────────────────────────────────────────────────────────────────
      03:12:15 INFO  Imported new potential chain segment number=38
      03:12:16 INFO  Imported new potential chain segment number=39
      03:12:17 INFO  Imported new potential chain segment number=40
      03:12:18 WARN  Snapshot extension registration failed peer=3f1a [2J
      03:12:19 ERROR Failed to store 가나다 block
      l level  t time  e events  r restart  s stop  q quit  ? help"
    `);
    const phase = { what: 'writing cached state', since: ago(42_000) };
    expect(
      of(statusOf({ state: 'stopping', stop_phase: phase })).split('\n')[1],
    ).toMatchInlineSnapshot(
      `"STOPPING  writing cached state, 42s            supervisor 4242 · checked 12s ago"`,
    );
  });

  it('says that the supervisor is silent, and why nothing is known', () => {
    const of = (facts: Partial<DashboardFacts>) =>
      shown({ columns: 80, rows: 24 }, facts).split('\n')[3];
    expect(of({ statusAt: now - 12_000 })).toBe(' no answer from the supervisor for 12s ');
    expect(of({ statusAt: now - 4_000 })).toMatch(/^─+ \[15 min\]/);
    const unknown = { status: null, samples: null, statusAt: null };
    const first = (facts: Partial<DashboardFacts>) =>
      shown({ columns: 80, rows: 24 }, { ...unknown, ...facts }).split('\n')[1];
    expect(first({})).toBe('asking the supervisor');
    expect(first({ statusAt: now, problem: 'not allowed to open the socket' })).toBe(
      'not allowed to open the socket',
    );
  });

  it('of the alerts and events', () => {
    expect(shown({ columns: 60, rows: 12 }, crashed, { page: 'events' })).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                               03:12:20
      CRASHED  for 4s, 2 alerts
      ─ Alerts ───────────────────────────────────────────────────
      4s       critical crash: the node crashed
      1m 30s   warning disk-low: 812 GiB free
      ─ Events ───────────────────────────────────────────────────
      11-26    WARN  running → crashed: out of memory
      01:12:20 INFO  crashed → starting
      01:12:29 INFO  starting → running


      l level  t time  e back  r restart  s stop  q quit  ? help"
    `);
    expect(shown({ columns: 60, rows: 12 }, { alerts: null }, { page: 'events' })).toContain(
      'not known',
    );
  });

  it('of the help, also on 50 columns', () => {
    expect(shown({ columns: 50, rows: 16 }, {}, { page: 'help' })).toMatchInlineSnapshot(`
      "wemixvisor  /srv/geth                     03:12:20
      RUNNING  healthy (synced)          checked 12s ago
      pid 4243 · up 3d 4h · 2 restarts · mainnet · Geth…
      ─ Keys ───────────────────────────────────────────
      l      least level of the log: all, info, warn, e…
      t      history of 15 min, 6 h or 24 h
      e      alerts and events; again: back
      r      restart the node, after a question
      s      stop the node, after a question
      q      quit, as Ctrl-C: the node is not touched
      Ctrl-Z to the shell; fg comes back
      Ctrl-L draw the screen anew

      Figures are those of the last check: looking at
      them asks the node nothing. In a history a gap is
      l level  t time  e events  q quit  ? help"
    `);
  });

  it.each([
    ['stop', 80, 'Stop the node? It has 5m to end cleanly. y: yes, other keys: no'],
    ['restart', 50, 'Restart? It has 5m to end. y: yes, other keys: no'],
  ] as const)('asks twice before a %s, in %i columns', (action, columns, question) => {
    const asking = { action, at: now };
    expect(shown({ columns, rows: 24 }, {}, { asking }).split('\n').at(-1)).toBe(question);
  });

  it('shows what came of an action above the keys', () => {
    const notice = { isBad: true, text: 'the node would not start again:\n  port 8545 is taken' };
    expect(shown({ columns: 80, rows: 24 }, {}, {}, notice).split('\n').slice(-3)).toEqual([
      'the node would not start again:',
      'port 8545 is taken',
      'l level  t time  e events  r restart  s stop  q quit  ? help',
    ]);
  });

  it('tells of a level of the log and of a span of the history', () => {
    const screen = shown({ columns: 80, rows: 24 }, {}, { level: 'warn', window: '24h' });
    expect(screen).toMatch(/^─ Log: warn and worse ─+$/m);
    expect(screen).toMatch(/^─+ 15 min {2}6 h {2}\[24 h\] ─$/m);
  });

  it('is coloured by state, and the words are the same without', () => {
    const plain = shown({ columns: 80, rows: 24 }, crashed);
    const coloured = shown({ columns: 80, rows: 24, colour: true }, crashed);
    expect(coloured).toContain('\u001b[1m\u001b[7m\u001b[31mCRASHED\u001b[39m\u001b[27m\u001b[22m');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(shown({ columns: 80, rows: 24, colour: true })).toContain('\u001b[32mRUNNING\u001b[39m');
  });

  it('is of ASCII where the terminal has nothing else', () => {
    const screen = shown({ columns: 80, rows: 24, unicode: false });
    expect(screen).not.toMatch(/[^\n -~]/);
    expect(screen).toMatch(/^Peers {3}25 +[_.:=+*#-]+$/m);
  });

  it('has as many rows as the terminal, none wider, whatever is known and however small it is', () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 200 }),
      rows: fc.integer({ min: 1, max: 60 }),
    });
    const facts = fc.constantFrom(
      factsOf(),
      factsOf(crashed),
      factsOf({ status: null, problem: 'x' }),
    );
    const ui = fc.record({
      page: fc.constantFrom('node' as const, 'events' as const, 'help' as const),
      asking: fc.constantFrom(null, { action: 'stop' as const, at: 0 }),
    });
    const notice = fc.constantFrom(null, {
      isBad: false,
      text: 'the node is running\nand answers',
    });
    fc.assert(
      fc.property(size, facts, ui, notice, fc.boolean(), (screen, known, chosen, said, colour) => {
        const model = { facts: known, ui: { ...firstUi, ...chosen }, notice: said, now };
        const lines = screenOf(model, { ...screen, colour });
        expect(lines).toHaveLength(screen.rows);
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(screen.columns);
        expect(stripVTControlCharacters(lines.join(''))).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
