import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { alertOf, alertPorts } from '../../test/alert-of.ts';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { lifecycleOf } from '../../test/status-of.ts';
import { resolveSettings } from '../settings/resolve-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { AlertFacts } from './alert-facts.ts';
import { createAlerts } from './create-alerts.ts';
import type { TrackedTrouble } from './track-troubles.ts';
import type { WaitingAlert } from './pending-alerts.ts';

const { settings: defaults } = resolveSettings({ options: {}, environment: {} });
const lonely = healthOf({
  status: 'degraded',
  checks: checksOf({ peer_count: { healthy: false, peers: 0, min_required: 1 } }),
});

/** Alerts over facts that a test sets, with a journal and a memory that it can read. */
function telling(
  settings: Partial<Settings> = {},
  {
    remembered = [] as readonly TrackedTrouble[],
    waited = [] as readonly WaitingAlert[],
    keeps = true,
  } = {},
) {
  const clock = fakeClock();
  const journal: string[] = [];
  const kept: (readonly TrackedTrouble[])[] = [];
  const waiting: (readonly WaitingAlert[])[] = [];
  const facts = {
    now: {
      lifecycle: lifecycleOf({ state: 'running', desired: 'up', pid: 7, startedAt: 0 }),
      failures: 0,
      health: healthOf(),
      lastLine: null,
      restartNotMade: null,
      logDiskFull: false,
    } as AlertFacts,
  };
  const note = (level: string) => (_facts: object, message: string) =>
    void journal.push(`${level} ${message}`);
  const alerts = createAlerts(
    {
      settings: { ...defaults, ...settings },
      facts: () => facts.now,
      settled: () => Promise.resolve(),
      node: () => ({ home: '/h', network: null, binary: null, state: 'running', pid: 7 }),
      memory: {
        recall: () => remembered,
        keep: (troubles) => {
          if (!keeps) throw new Error('no space left');
          kept.push(troubles);
        },
      },
      waiting: {
        recall: () => waited,
        keep: (alerts) => {
          if (!keeps) throw new Error('no space left');
          waiting.push(alerts);
        },
      },
      log: { info: note('info'), warn: note('warn'), error: note('error') },
      env: {},
      home: '/h',
    },
    alertPorts(clock),
  );
  const become = (changes: Partial<AlertFacts>) => {
    facts.now = { ...facts.now, ...changes };
    alerts.look();
  };
  return { alerts, clock, journal, kept, waiting, become };
}

describe('the alerts of a supervisor', () => {
  it('tell of a trouble that lasts, without anything that happens meanwhile', async () => {
    const { clock, journal, become, alerts } = telling();
    become({ health: lonely });
    await clock.advance(4 * 60_000);
    expect(journal).toEqual([]);
    expect(alerts.report().troubles).toMatchObject([{ event: 'peers', told_at: null }]);
    await clock.advance(2 * 60_000);
    expect(journal).toEqual(['warn alert raised: the node has 0 peer(s), at least 1 wanted']);
    become({ health: healthOf() });
    await clock.advance(2 * 60_000);
    expect(journal.at(-1)).toMatch(/^info alert resolved: the node has 0 peer/);
    expect(alerts.report().troubles).toEqual([]);
  });

  it('remember a trouble when it is new, told or gone, and not at every look', async () => {
    const { clock, kept, become } = telling({ alertsReminder: 0 });
    become({ health: lonely });
    await clock.advance(60 * 60_000);
    expect(kept.map((troubles) => troubles.map(({ toldAt }) => toldAt !== null))).toEqual([
      [false],
      [true],
    ]);
  });

  it('resolve what an earlier supervisor told', async () => {
    const told = { key: 'unhealthy', event: 'unhealthy', severity: 'critical' } as const;
    const remembered = [{ ...told, summary: 'silent', since: 0, toldAt: 0, goneAt: null }];
    const { clock, journal } = telling({ alertsResolveAfter: 0 }, { remembered });
    await clock.advance(0);
    expect(journal).toEqual(['info alert resolved: silent']);
  });

  it('go on when nothing can be remembered, and say so', async () => {
    const { clock, journal, become } = telling({ alertsDegradedAfter: 0 }, { keeps: false });
    become({ health: lonely });
    await clock.advance(0);
    expect(journal).toEqual([
      'warn alert raised: the node has 0 peer(s), at least 1 wanted',
      'warn what was told is not remembered: no space left',
    ]);
  });

  it('outlive a look that fails, and say so', async () => {
    const { clock, journal, become } = telling();
    become({ health: { ...healthOf(), checks: null } as never });
    await clock.advance(0);
    expect(journal).toEqual([expect.stringMatching(/^error cannot tell what is wrong: /)]);
    become({ health: healthOf(), logDiskFull: true });
    await clock.advance(0);
    expect(journal).toHaveLength(2);
  });

  it('tell of what is over already once an hour', async () => {
    const { alerts, clock, journal } = telling();
    const cut = { key: 'log-cut', event: 'log', severity: 'warning', summary: 'cut' } as const;
    alerts.notice(cut);
    alerts.notice(cut);
    await clock.advance(60 * 60_000);
    alerts.notice(cut);
    expect(journal).toEqual(['info alert notice: cut', 'info alert notice: cut']);
  });

  it('blot secrets out of what the node said, and keep it in one line', async () => {
    const { clock, journal, become } = telling();
    become({
      lifecycle: lifecycleOf({ state: 'crashed', desired: 'up', reason: 'exit code 1' }),
      lastLine: 'Fatal: \u001B[31mhttp://user:hunter22@host/\nnext',
    });
    await clock.advance(0);
    expect(journal).toHaveLength(1);
    expect(journal[0]).not.toMatch(/hunter22|\p{Cc}/u);
  });

  it('send nothing of an event that is not wanted, and lose none of the others', async () => {
    const { clock, alerts, become } = telling({
      alertsDegradedAfter: 0,
      alertsEvents: ['log'],
      alertsExec: ['/nonexistent/hook'],
    });
    become({ health: lonely, logDiskFull: true });
    await clock.advance(0);
    await alerts.finish();
    expect(alerts.report().deliveries).toMatchObject([
      {
        ...{ channel: 'exec', event: 'log', status: 'raised', outcome: 'given-up', attempts: 1 },
        why: expect.stringContaining('there is no such program') as string,
      },
    ]);
  });

  it('keep what waits, until it is delivered or lost', async () => {
    const hook = { alertsExec: ['/nonexistent/hook'] };
    const { clock, alerts, become, waiting } = telling(hook);
    become({ logDiskFull: true });
    await clock.advance(0);
    await alerts.finish();
    expect(waiting.map((list) => list.map(({ alert }) => alert.event))).toEqual([['log'], []]);
  });

  it('go on with what an earlier supervisor could not deliver, unless it is no news any more', async () => {
    const now = fakeClock().now();
    const waited = (minutes: number): WaitingAlert => ({
      channel: 'exec',
      alert: alertOf({ at: new Date(now - minutes * 60_000).toISOString() }),
    });
    const { alerts, journal, waiting } = telling(
      { alertsExec: ['/nonexistent/hook'] },
      { waited: [waited(60), waited(59)] },
    );
    expect(waiting).toEqual([[waited(59)]]);
    await alerts.finish();
    expect(journal).toEqual([
      'error lost the alert "crash raised" by exec: it waited for an hour',
      expect.stringContaining('lost the alert "crash raised" by exec: there is no such program'),
    ]);
  });

  it('take other channels at run time, and drop what waits for one that is gone', async () => {
    const { clock, alerts, become, journal } = telling({ alertsDegradedAfter: 0 });
    expect(alerts.report().channels).toEqual([]);
    expect(await alerts.test()).toEqual({ schema: 1, results: [] });
    const hook = { ...defaults, alertsExec: ['/nonexistent/hook'], alertsDegradedAfter: 0 };
    alerts.update(hook);
    expect(alerts.report().channels).toEqual([
      { channel: 'exec', target: '/nonexistent/hook', queued: 0 },
    ]);
    become({ health: lonely });
    alerts.update({ ...hook, alertsExec: [] });
    await clock.advance(0);
    expect(alerts.report().channels).toEqual([]);
    expect(journal).toHaveLength(1);
  });

  it('end with a last look, and look no more', async () => {
    const { clock, alerts, journal, become } = telling();
    const down = lifecycleOf({ state: 'stopped', desired: 'up', reason: 'exit code 0' });
    become({ lifecycle: down, health: null });
    await alerts.finish();
    expect(journal).toEqual(['warn alert raised: the node is down: exit code 0']);
    expect(clock.pending).toBe(0);
    become({ logDiskFull: true });
    await clock.advance(60_000);
    expect(journal).toHaveLength(1);
  });
});
