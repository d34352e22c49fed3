import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { alertOf } from '../test/alert-of.ts';
import { checksOf, exitOf, factsOf, healthOf, lifecycleOf } from '../test/facts-of.ts';
import { fakePorts } from '../test/fake-ports.ts';
import type { AlertFacts } from './alert-facts.ts';
import type { AlertOptions } from './alert-options.ts';
import type { AlertSetup } from './alert-setup.ts';
import type { Attempt } from './channels/attempt.ts';
import { createAlerts } from './create-alerts.ts';

const minute = 60_000;
const lonely = healthOf({
  status: 'degraded',
  checks: checksOf({ peer_count: { healthy: false, peers: 0, min_required: 1 } }),
});
const node = { home: '/h', network: null, binary: null, state: 'running', pid: 7 };
const hook: AlertOptions = { exec: ['/bin/hook'] };

/** Alerts over facts that a test sets, with ports and a log that it can read. */
function alerting(options: AlertOptions = {}, setup: Partial<AlertSetup> = {}) {
  const clock = fakeClock();
  const ports = fakePorts(clock);
  const log: string[] = [];
  let facts: AlertFacts = factsOf({}, { health: healthOf() });
  const write = (level: string) => (_facts: object, message: string) =>
    void log.push(`${level} ${message}`);
  const create = () =>
    createAlerts(
      {
        ...options,
        facts: () => facts,
        node: () => node,
        directory: '/run',
        log: { info: write('info'), warn: write('warn'), error: write('error') },
        ...setup,
      },
      ports,
    );
  const become = (changes: Partial<AlertFacts>) => void (facts = { ...facts, ...changes });
  return { clock, ports, log, create, become };
}

type Stored = readonly { readonly toldAt?: number | null; readonly alert?: { event: string } }[];
const stored = (ports: { readonly files: ReadonlyMap<string, string> }, name: string): Stored => {
  const { troubles, waiting } = JSON.parse(ports.files.get(`/run/${name}.json`) ?? '{}') as Record<
    'troubles' | 'waiting',
    Stored | undefined
  >;
  return troubles ?? waiting ?? [];
};

it('finish at the end of the block that uses them', async () => {
  const { clock, create } = alerting();
  {
    await using _ = create();
    expect(clock.pending).toBeGreaterThan(0);
  }
  expect(clock.pending).toBe(0);
});

it('report each alert, also one that is not sent, and each attempt to deliver one', async () => {
  const heard: unknown[] = [];
  const { clock, create, become } = alerting(
    { ...hook, events: ['unhealthy'] },
    { onEvent: (event) => heard.push(event) },
  );
  create();
  become({ health: lonely });
  await clock.advance(5 * minute);
  become({ health: healthOf({ status: 'unhealthy' }) });
  await clock.advance(5_000);
  expect(heard).toContainEqual({ type: 'alert', alert: 'peers', status: 'raised' });
  expect(heard).toContainEqual({ type: 'alert', alert: 'unhealthy', status: 'raised' });
  expect(heard.filter((event) => (event as { type: string }).type === 'alert-delivery')).toEqual([
    { type: 'alert-delivery', channel: 'exec', outcome: 'delivered' },
  ]);
});

describe('alerts', () => {
  it('raise a condition that lasts, though nothing happens meanwhile, and resolve it', async () => {
    const { clock, log, create, become } = alerting();
    const alerts = create();
    become({ health: lonely });
    await clock.advance(4 * minute);
    expect(log).toEqual([]);
    const since = new Date(clock.now() - 4 * minute).toISOString();
    expect(alerts.report().conditions).toEqual([
      {
        event: 'peers',
        severity: 'warning',
        summary: 'the node has 0 peer(s), at least 1 wanted',
        since,
        notifiedAt: null,
      },
    ]);
    await clock.advance(minute);
    expect(log).toEqual(['warn alert raised: the node has 0 peer(s), at least 1 wanted']);
    const notifiedAt = new Date(clock.now()).toISOString();
    expect(alerts.report().conditions).toMatchObject([{ since, notifiedAt }]);
    become({ health: healthOf() });
    await clock.advance(2 * minute);
    expect(log.slice(1)).toEqual([
      'info alert resolved: the node has 0 peer(s), at least 1 wanted',
    ]);
    expect(alerts.report().conditions).toEqual([]);
  });

  it('look as soon as they are asked to, once for all that happens at the same time', async () => {
    let looks = 0;
    const facts = () => {
      looks += 1;
      return factsOf();
    };
    const { clock, create } = alerting({}, { facts });
    const alerts = create();
    alerts.look();
    alerts.look();
    await clock.advance(0);
    expect(looks).toBe(1);
    alerts.look();
    await clock.advance(0);
    expect(looks).toBe(2);
  });

  it('look when the facts are complete, also when that fails', async () => {
    let complete = (): void => {};
    const settled = () =>
      new Promise<void>((_, reject) => (complete = () => reject(new Error('lost'))));
    const { clock, log, create, become } = alerting({}, { settled });
    become({ logDiskFull: true });
    create();
    await clock.advance(0);
    expect(log).toEqual([]);
    complete();
    await clock.advance(0);
    expect(log).toHaveLength(1);
  });

  it('send the whole alert to each channel', async () => {
    const { clock, ports, create, become } = alerting({
      ...hook,
      webhookUrl: 'https://hooks.example/T0K3N',
    });
    create();
    become({
      lifecycle: lifecycleOf({ state: 'crashed', reason: 'exit code 1', lastExit: exitOf() }),
    });
    await clock.advance(0);
    const at = new Date(clock.now()).toISOString();
    const alert = alertOf({ id: 'id-1', at, since: at, node: { host: 'validator-1', ...node } });
    expect(ports.sent).toEqual([
      { channel: 'webhook', alert },
      { channel: 'exec', alert },
    ]);
  });

  it('store the states when one is new, notified or gone, and not at every look', async () => {
    const { clock, ports, create, become } = alerting({ reminderMs: 0 });
    let writes = 0;
    const { writeFile } = ports;
    Object.assign(ports, {
      writeFile: (file: string, text: string) => {
        writes += 1;
        writeFile(file, text);
      },
    });
    create();
    await clock.advance(minute);
    expect(writes).toBe(0);
    become({ health: lonely });
    await clock.advance(minute);
    expect(stored(ports, 'alerts')).toMatchObject([{ toldAt: null }]);
    await clock.advance(60 * minute);
    expect(stored(ports, 'alerts')).toMatchObject([{ toldAt: expect.any(Number) }]);
    expect(writes).toBe(2);
    become({ health: healthOf() });
    await clock.advance(2 * minute);
    expect(stored(ports, 'alerts')).toEqual([]);
    expect(writes).toBe(3);
  });

  it('resolve what an earlier process raised, and do not raise it again', async () => {
    const { clock, log, create, become, ports } = alerting({ resolveAfterMs: 0 });
    become({ logDiskFull: true });
    const first = create();
    await first.finish();
    expect(log.splice(0)).toHaveLength(1);
    expect(ports.files.has('/run/alerts.json')).toBe(true);
    create();
    await clock.advance(0);
    expect(log).toEqual([]);
    become({ logDiskFull: false });
    await clock.advance(5_000);
    expect(log).toEqual([
      expect.stringMatching(/^info alert resolved: the disk of the node's log/),
    ]);
  });

  it('go on when nothing can be stored, and say so', async () => {
    const { clock, ports, log, create, become } = alerting(hook);
    ports.mayWrite = false;
    create();
    become({ logDiskFull: true });
    await clock.advance(0);
    expect(log).toEqual([
      expect.stringMatching(/^warn alert raised: /),
      'warn cannot store pending alerts: no space left',
      'warn cannot store the alert states: no space left',
      'info delivered the alert "log raised" by exec in 0 ms',
      'warn cannot store pending alerts: no space left',
    ]);
  });

  it('log each line with facts to search by', async () => {
    const facts: object[] = [];
    const write = (found: object) => void facts.push(found);
    const { clock, ports, create, become } = alerting(hook, {
      log: { info: write, warn: write, error: write },
    });
    ports.attempts.push(...Array<Attempt>(2).fill({ delivered: false, why: 'no', retry: true }));
    const alerts = create();
    become({ logDiskFull: true });
    await clock.advance(0);
    await alerts.finish();
    become({ health: { ...healthOf(), checks: null } as never });
    create();
    await clock.advance(0);
    const delivery = { event: 'alert-delivery', channel: 'exec', alert: 'log', status: 'raised' };
    expect(facts).toEqual([
      { event: 'alert', alert: 'log', status: 'raised', severity: 'critical' },
      { ...delivery, attempts: 1 },
      { ...delivery, attempts: 2 },
      { event: 'alerts', waiting: 1 },
      { ...delivery, attempts: 1 },
      { event: 'alerts' },
    ]);
  });

  it('outlive a look that fails, and say so', async () => {
    const { clock, log, create, become } = alerting();
    const alerts = create();
    become({ health: { ...healthOf(), checks: null } as never });
    await clock.advance(0);
    expect(log).toEqual([expect.stringMatching(/^error cannot judge what is wrong: /)]);
    become({ health: healthOf(), logDiskFull: true });
    alerts.look();
    await clock.advance(0);
    expect(log).toHaveLength(2);
  });

  it('send a notice at most once an hour for each key', async () => {
    const { clock, log, ports, create } = alerting(hook);
    const alerts = create();
    const cut = { key: 'log-cut', event: 'log', severity: 'warning', summary: 'cut' } as const;
    alerts.notice(cut);
    alerts.notice({ ...cut, key: 'other', summary: 'other' });
    await clock.advance(60 * minute - 1);
    alerts.notice(cut);
    await clock.advance(1);
    alerts.notice({ ...cut, summary: 'cut\nagain' });
    await clock.advance(0);
    const notices = log.filter((line) => line.includes('notice:'));
    expect(notices).toEqual([
      'info alert notice: cut',
      'info alert notice: other',
      'info alert notice: cut again',
    ]);
    expect(ports.sent[0]?.alert).toMatchObject({
      status: 'notice',
      since: '2026-01-01T00:00:00.000Z',
      at: '2026-01-01T00:00:00.000Z',
    });
  });

  it('redact what the node said, keep it in one line and cut it', async () => {
    const redact = (text: string) => text.replaceAll('hunter22', '***');
    const { clock, log, create, become } = alerting({}, { redact });
    const lastExit = exitOf({ lastLine: 'Fatal: \u001B[31mhunter22\nnext' });
    const reason = 'x'.repeat(2_000);
    create();
    become({ lifecycle: lifecycleOf({ state: 'crashed', reason: 'exit code 1', lastExit }) });
    await clock.advance(0);
    expect(log).toEqual([
      'warn alert raised: the node crashed: exit code 1 (last line: Fatal: *** next); it is started again (restart 1)',
    ]);
    become({ lifecycle: lifecycleOf({ state: 'error', reason }) });
    await clock.advance(5_000);
    expect(log[1]?.replace('warn alert raised: ', '')).toHaveLength(1_000);
  });

  it('log an event that is not wanted, send nothing of it, and lose none of the others', async () => {
    const { clock, ports, log, create, become } = alerting({
      ...hook,
      degradedAfterMs: 0,
      events: ['log'],
    });
    create();
    become({ health: lonely, logDiskFull: true });
    await clock.advance(0);
    expect(log.filter((line) => line.includes('alert raised'))).toHaveLength(2);
    expect(ports.sent.map(({ alert }) => alert.event)).toEqual(['log']);
  });

  it('store what is pending until it is delivered', async () => {
    const { clock, ports, create, become } = alerting(hook);
    ports.attempts.push({ delivered: false, why: 'busy', retry: true });
    const alerts = create();
    become({ logDiskFull: true });
    await clock.advance(0);
    expect(stored(ports, 'alerts-waiting')).toMatchObject([{ alert: { event: 'log' } }]);
    expect(alerts.report().channels).toEqual([{ channel: 'exec', target: '/bin/hook', queued: 1 }]);
    await clock.advance(1_000);
    expect(stored(ports, 'alerts-waiting')).toEqual([]);
    expect(alerts.report()).toMatchObject({
      channels: [{ queued: 0 }],
      deliveries: [
        { channel: 'exec', event: 'log', status: 'raised', outcome: 'failed', why: 'busy' },
        { outcome: 'delivered', attempts: 2, why: null },
      ],
    });
  });

  it('do not touch the store of pending alerts where there is no channel', async () => {
    const { clock, ports, create, become } = alerting();
    create();
    become({ logDiskFull: true });
    await clock.advance(0);
    expect([...ports.files.keys()]).toEqual(['/run/alerts.json']);
  });

  it('go on with what an earlier process could not deliver, unless it is too old', async () => {
    const { clock, ports, log, create } = alerting(hook);
    const waited = (minutes: number) => ({
      channel: 'exec',
      alert: alertOf({
        id: String(minutes),
        at: new Date(clock.now() - minutes * minute).toISOString(),
      }),
    });
    const text = JSON.stringify({ schema: 1, waiting: [waited(60), waited(59)] });
    ports.files.set('/run/alerts-waiting.json', text);
    create();
    await clock.advance(0);
    expect(log).toEqual([
      'error lost the alert "crash raised" by exec: it waited for an hour',
      'info delivered the alert "crash raised" by exec in 0 ms',
    ]);
    expect(ports.sent.map(({ alert }) => alert.id)).toEqual(['59']);
    expect(stored(ports, 'alerts-waiting')).toEqual([]);
  });

  it('still hold what is fresh when the loss of what is old is stored', () => {
    const { clock, ports, create } = alerting(hook);
    const waited = (hours: number) => ({
      channel: 'exec',
      alert: alertOf({ at: new Date(clock.now() - hours * 60 * minute).toISOString() }),
    });
    const text = JSON.stringify({ schema: 1, waiting: [waited(1), waited(0)] });
    ports.files.set('/run/alerts-waiting.json', text);
    create();
    expect(stored(ports, 'alerts-waiting')).toEqual([waited(0)]);
  });

  it('show the latest 20 deliveries, the newest last', async () => {
    const { clock, create } = alerting(hook);
    const alerts = create();
    for (let at = 0; at < 21; at += 1) {
      const event = at === 20 ? 'disk' : 'log';
      alerts.notice({ key: String(at), event, severity: 'info', summary: 'x' });
    }
    await clock.advance(0);
    const { deliveries } = alerts.report();
    expect(deliveries).toHaveLength(20);
    expect(deliveries.at(-1)).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      channel: 'exec',
      event: 'disk',
      status: 'notice',
      outcome: 'delivered',
      attempts: 1,
      tookMs: 0,
      why: null,
    });
  });

  it('take other options at run time, and drop what waits for a channel that is gone', async () => {
    const { clock, ports, log, create, become } = alerting({ events: ['peers'] });
    const alerts = create();
    expect(alerts.report()).toMatchObject({ channels: [], events: ['peers'] });
    alerts.update({ ...hook, degradedAfterMs: 0 });
    expect(alerts.report().channels).toEqual([{ channel: 'exec', target: '/bin/hook', queued: 0 }]);
    expect(alerts.report().events).toContain('log');
    ports.attempts.push({ delivered: false, why: 'busy', retry: true });
    become({ health: lonely });
    await clock.advance(0);
    expect(log).toHaveLength(2);
    alerts.update({ degradedAfterMs: 0 });
    await clock.advance(1_000);
    expect(alerts.report().channels).toEqual([]);
    expect(log[2]).toBe('error lost the alert "peers raised" by exec: it is no longer configured');
  });

  it('refuse an address that is none, and change nothing then', () => {
    const { create } = alerting(hook);
    const alerts = create();
    expect(() => alerts.update({ webhookUrl: 'nowhere' })).toThrow(TypeError);
    expect(alerts.report().channels).toHaveLength(1);
    expect(() => alerting({ webhookUrl: 'nowhere' }).create()).toThrow(TypeError);
  });

  it('show a webhook by its format and host alone', () => {
    const { create } = alerting({
      webhookUrl: 'https://op:pw@hooks.example/T0K3N?k=v',
      webhookFormat: 'slack',
    });
    expect(create().report().channels).toEqual([
      { channel: 'webhook', target: 'slack at https://hooks.example', queued: 0 },
    ]);
  });

  it('try each channel past what waits', async () => {
    const { clock, ports, create } = alerting(hook);
    ports.attempts.push({ delivered: false, why: 'broken', retry: true });
    const results = create().test();
    await clock.advance(0);
    expect(await results).toEqual([
      { channel: 'exec', target: '/bin/hook', delivered: false, tookMs: 0, why: 'broken' },
    ]);
    expect(ports.sent.map(({ alert }) => alert)).toMatchObject([{ status: 'test', event: 'test' }]);
  });

  it('end with a last look and a last attempt, and look no more', async () => {
    const { clock, log, ports, create, become } = alerting(hook);
    ports.attempts.push(
      { delivered: false, why: 'busy', retry: true },
      { delivered: false, why: 'still busy', retry: true },
    );
    const alerts = create();
    await clock.advance(0);
    become({ lifecycle: lifecycleOf({ state: 'stopped', reason: 'exit code 0' }), health: null });
    await alerts.finish();
    expect(log).toEqual([
      'warn alert raised: the node is down: exit code 0',
      'warn could not deliver the alert "exit raised" by exec yet: busy',
      'warn 1 alert(s) wait for the next supervisor',
    ]);
    expect(stored(ports, 'alerts-waiting')).toHaveLength(1);
    expect(clock.pending).toBe(0);
    become({ logDiskFull: true });
    alerts.look();
    await clock.advance(minute);
    expect(log).toHaveLength(3);
  });

  it('give up waiting for a channel that hangs 4 seconds after their end', async () => {
    const { clock, log, ports, create, become } = alerting(hook);
    const aborted: boolean[] = [];
    Object.assign(ports, {
      runHook: (_alert: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise(() => signal.addEventListener('abort', () => aborted.push(true))),
    });
    const alerts = create();
    become({ logDiskFull: true });
    await clock.advance(0);
    let finished = false;
    const end = alerts.finish().then(() => (finished = true));
    await clock.advance(3_999);
    expect(finished).toBe(false);
    await clock.advance(1);
    await end;
    expect(aborted).toEqual([true]);
    expect(log.at(-1)).toBe('warn 1 alert(s) wait for the next supervisor');
  });
});

describe('a heartbeat', () => {
  const heartbeatUrl = 'https://beats.example/s3cret';

  it('is sent at once and in each interval, and not after the end', async () => {
    const heard: unknown[] = [];
    const { clock, ports, create } = alerting(
      { heartbeatUrl },
      { onEvent: (event) => heard.push(event) },
    );
    const alerts = create();
    expect(ports.heartbeats).toHaveLength(1);
    await clock.advance(2 * minute);
    expect(ports.heartbeats).toEqual([heartbeatUrl, heartbeatUrl, heartbeatUrl]);
    expect(heard).toContainEqual({
      type: 'alert-delivery',
      channel: 'heartbeat',
      outcome: 'delivered',
    });
    expect(alerts.report()).toMatchObject({
      channels: [{ channel: 'heartbeat', target: 'https://beats.example', queued: 0 }],
      deliveries: [],
    });
    await alerts.finish();
    await clock.advance(5 * minute);
    expect(ports.heartbeats).toHaveLength(3);
  });

  it('follows the options, and is not sent anew for those of others', async () => {
    const { clock, ports, create } = alerting();
    const alerts = create();
    await clock.advance(minute);
    expect(ports.heartbeats).toEqual([]);
    const options = { heartbeatUrl, heartbeatIntervalMs: 10_000 };
    alerts.update(options);
    alerts.update({ ...options, resolveAfterMs: 7 });
    expect(ports.heartbeats).toHaveLength(1);
    await clock.advance(20_000);
    expect(ports.heartbeats).toHaveLength(3);
    alerts.update({});
    await clock.advance(minute);
    expect(ports.heartbeats).toHaveLength(3);
    expect(() => alerts.update({ heartbeatUrl: 'nowhere' })).toThrow(TypeError);
  });

  it('is said once to be missing, and once to arrive again; its address is not', async () => {
    const { clock, ports, log, create } = alerting({ heartbeatUrl });
    const lost = { delivered: false, why: 'it answered 500', retry: true } as const;
    ports.attempts.push(lost, lost);
    create();
    await clock.advance(3 * minute);
    expect(log).toEqual([
      'warn the heartbeat does not arrive at https://beats.example: it answered 500',
      'info the heartbeat arrives again',
    ]);
  });

  it('waits for one that is under way, and says nothing of it after the end', async () => {
    const { clock, ports, log, create } = alerting({ heartbeatUrl, heartbeatIntervalMs: 1_000 });
    const answers: ((attempt: Attempt) => void)[] = [];
    ports.sendHeartbeat = () => new Promise((resolve) => answers.push(resolve));
    const alerts = create();
    await clock.advance(5_000);
    expect(answers).toHaveLength(1);
    await alerts.finish();
    answers[0]?.({ delivered: false, why: 'given up', retry: true });
    await clock.advance(5_000);
    expect(log).toEqual([]);
  });
});
