import { describe, expect, it } from 'vitest';
import {
  crashReportsOf,
  fakeSite,
  settingsOf,
  shellLaunch,
  startRequestOf,
  type FakeSupervisor,
} from '../../test/fake-supervisor.ts';

const restartsIn = ({ seen }: FakeSupervisor) =>
  seen.filter((event) => event.type === 'health-restart');

describe('the health of a supervised node', () => {
  it('is checked from readiness to the stop, and never while the node is down', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    expect(await supervisor.operations.health({ live: true })).toBeNull();
    await supervisor.started();
    const startedAt = site.machine.clock.now();
    const told = [`started ${startedAt}`, 'answered', 'checking'];
    expect(supervisor.monitor.calls.slice(-3)).toEqual(told);
    expect(await supervisor.operations.health({ live: true })).toMatchObject({ healthy: true });
    expect(supervisor.monitor.calls.at(-1)).toBe('live check');
    await supervisor.operations.stop({});
    expect(supervisor.monitor.calls.at(-1)).toBe('stopping');
    expect(supervisor.operations.status().health).toBeNull();
    expect(await supervisor.operations.health({ live: false })).toBeNull();
  });

  it('is published as it changes', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const changed = supervisor.next('health');
    supervisor.monitor.find({ status: 'degraded', reason: 'few peers' });
    expect((await changed).after).toMatchObject({ status: 'degraded', reason: 'few peers' });
  });

  it('is left alone from the beginning of a stop, and when the node is gone', async () => {
    const site = await fakeSite();
    site.machine.behaviour.ignoresTerm = true;
    const supervisor = await site.supervise();
    await supervisor.started();
    const stopped = supervisor.operations.stop({});
    expect(supervisor.operations.status().state).toBe('stopping');
    expect(supervisor.monitor.calls.at(-1)).toBe('stopping');
    const before = supervisor.monitor.calls.filter((call) => call === 'stopping').length;
    site.machine.exit(0);
    await site.machine.clock.advance(1_000);
    await stopped;
    const after = supervisor.monitor.calls.filter((call) => call === 'stopping').length;
    expect(after).toBeGreaterThan(before);
  });

  it('is not checked before the node is ready', async () => {
    const site = await fakeSite();
    site.readiness = new Promise(() => {});
    const supervisor = await site.supervise();
    await supervisor.operations.start(startRequestOf());
    expect(supervisor.operations.status().state).toBe('starting');
    expect(supervisor.monitor.calls).not.toContain('checking');
  });

  it('is asked for where the present command says, with the limits of the settings', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const args = ['--datadir', '/d', '--http', '--http.port', '9545', '--datadir.minfreedisk', '7'];
    await supervisor.started({
      launch: shellLaunch({ args }),
      settings: settingsOf({
        minPeers: '3',
        healthCheckInterval: '7s',
        healthCheckTimeout: '2s',
        healthFailureThreshold: '5',
        stuckAfter: '4m',
        referenceRpcUrl: 'http://127.0.0.1:1',
      }),
    });
    expect(supervisor.monitor.options).toEqual({
      endpoint: { kind: 'http', url: 'http://127.0.0.1:9545' },
      intervalMs: 7_000,
      timeoutMs: 2_000,
      failureThreshold: 5,
      minPeers: 3,
      dataDirectory: '/d',
      minimumFreeDiskBytes: 7 * 1024 ** 2,
      referenceEndpoint: { kind: 'http', url: 'http://127.0.0.1:1/' },
      stuckAfterMs: 240_000,
    });
  });

  it.each([
    [['--dev'], 0],
    [['--maxpeers', '2'], 2],
    [['--maxpeers', '50'], 3],
  ])('wants no more peers of a node than it takes: %j', async (args, wanted) => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const settings = settingsOf({ minPeers: '3' });
    await supervisor.started({ launch: shellLaunch({ args }), settings });
    expect(supervisor.monitor.options).toMatchObject({ minPeers: wanted });
  });

  it('is asked for at another place after a restart with other arguments', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const running = supervisor.next(
      'lifecycle',
      ({ change }) => change.after.state === 'running' && change.after.generation === 2,
    );
    const launch = shellLaunch({ args: ['--datadir', '/other'] });
    await supervisor.operations.restart(startRequestOf({ launch }));
    await running;
    expect(supervisor.monitor.options).toMatchObject({ dataDirectory: '/other' });
    expect(supervisor.monitor.calls.filter((call) => call.startsWith('started'))).toHaveLength(2);
  });
});

describe('a restart for health', () => {
  it('is made after a report that shows the node as it was, and everyone hears of it', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const told = supervisor.next('health-restart');
    supervisor.monitor.wantRestart('no answer to 3 checks');
    expect(await told).toMatchObject({ outcome: 'accepted', refusal: null });
    // The report was written before the node was touched.
    expect(crashReportsOf(site.paths)).toMatchObject([
      { cause: 'health', reason: 'no answer to 3 checks', status: { state: 'running' } },
    ]);
    expect(supervisor.operations.status().reason).toBe('no answer to 3 checks');
  });

  it.each([
    ['off', 'off', /health restarts are off/],
    ['dry-run', 'dry-run', /it would be restarted now/],
  ] as const)('is not made where it is %s, and everyone hears why', async (mode, outcome, why) => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started({ settings: settingsOf({ healthRestart: mode }) });
    expect(supervisor.monitor.refusal()).toMatch(why);
    const told = supervisor.next('health-restart');
    supervisor.monitor.wantRestart('no answer');
    const event = await told;
    expect(event).toMatchObject({ outcome, reason: 'no answer' });
    expect(event.refusal).toMatch(why);
    expect(supervisor.operations.status().state).toBe('running');
    expect(crashReportsOf(site.paths)).toEqual([]);
  });

  it('is not made while the last one is too recent', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const again = supervisor.next(
      'lifecycle',
      ({ change }) => change.after.generation === 2 && change.after.state === 'running',
    );
    supervisor.monitor.wantRestart('no answer');
    await again;
    supervisor.monitor.wantRestart('no answer again');
    expect(restartsIn(supervisor).map((event) => event.outcome)).toEqual(['accepted', 'refused']);
    expect(supervisor.operations.status().restarts).toEqual({ crash: 0, health: 1, operator: 0 });
    await site.machine.clock.advance(30 * 60_000);
    expect(supervisor.monitor.refusal()).toBeNull();
  });
});
