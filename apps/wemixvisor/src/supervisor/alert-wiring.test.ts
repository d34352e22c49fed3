import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreEvent } from '@wemixvisor/logs';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeSite, journalOf, settingsOf, type FakeSite } from '../../test/fake-supervisor.ts';
import type { SupervisorEvent } from './events.ts';

const alertsIn = (site: FakeSite) => journalOf(site.paths).filter(({ event }) => event === 'alert');

const alertOf = (site: FakeSite, wanted: Readonly<Record<string, unknown>>) =>
  waitFor(
    () =>
      alertsIn(site).find((alert) =>
        Object.entries(wanted).every(([name, value]) => alert[name] === value),
      ),
    { what: `the alert ${JSON.stringify(wanted)}` },
  );

const logEvent = (event: StoreEvent): SupervisorEvent => ({
  type: 'log',
  event,
  words: { level: 'warn', message: 'it was cut' },
});

describe('the alerts of a supervisor', () => {
  it('tell of a crash with the node’s last line', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    writeFileSync(site.paths.nodeLog, 'Fatal: bad block\n');
    site.machine.exit(1);
    const raised = await alertOf(site, { alert: 'crash', status: 'raised' });
    expect(raised['msg']).toContain('exit code 1 (last line: Fatal: bad block)');
  });

  it('tell of a node that was killed, and why', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    await supervisor.operations.stop({ force: true });
    const notice = await alertOf(site, { alert: 'forced-stop' });
    expect(notice).toMatchObject({ status: 'notice', severity: 'critical' });
    expect(notice['msg']).toContain('as it was asked for (stop --force)');
  });

  it('tell of nothing where a node is stopped as it was asked, or a look changes nothing', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    supervisor.monitor.find({ reason: 'something else' });
    await supervisor.operations.stop({});
    await supervisor.started();
    supervisor.events.publish(logEvent({ type: 'removed', segments: ['s'] }));
    await supervisor.operations.stop({ force: true });
    await alertOf(site, { alert: 'forced-stop' });
    await supervisor.started();
    await supervisor.operations.stop({});
    // What came before the last one would be in front of it.
    supervisor.events.publish(logEvent({ type: 'truncated-by-other', lostBytes: 1 }));
    await alertOf(site, { alert: 'log' });
    expect(alertsIn(site).map(({ alert }) => alert)).toEqual(['forced-stop', 'log']);
  });

  it('tell of a restart for health that is made', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    supervisor.monitor.wantRestart('no answer');
    const notice = await alertOf(site, { alert: 'health-restart' });
    expect(notice).toMatchObject({ status: 'notice', severity: 'warning' });
    expect(notice['msg']).toContain('the node is restarted for its health: no answer');
  });

  it('tell of a restart for health that is not made, and why', async () => {
    const site = await fakeSite();
    const settings = settingsOf({ healthRestart: 'off' });
    const supervisor = await site.supervise({ settings });
    await supervisor.started({ settings });
    supervisor.monitor.find({
      checks: {
        ...supervisor.monitor.monitor.snapshot.checks,
        rpc_endpoint: { healthy: false, latency_ms: null, failures: 3, why: 'no answer' },
      },
    });
    supervisor.monitor.wantRestart('no answer');
    const raised = await alertOf(site, { alert: 'health-restart', status: 'raised' });
    expect(raised['msg']).toContain('health restarts are off');
  });

  it('tell that another program cut the log', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    supervisor.events.publish(logEvent({ type: 'truncated-by-other', lostBytes: 4096 }));
    const notice = await alertOf(site, { alert: 'log' });
    expect(notice['msg']).toContain('it was cut');
  });

  it('reach the program that the settings name, in the home, with the node they are about', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise({ env: { PATH: process.env['PATH'] } });
    const hook = join(site.paths.home, 'hook.sh');
    const heard = join(site.paths.home, 'heard');
    writeFileSync(hook, `#!/bin/sh\ncat > ${heard}.part && mv ${heard}.part ${heard}\n`);
    chmodSync(hook, 0o700);
    await supervisor.started({
      settings: { ...settingsOf(), alertsExec: [hook] },
    });
    await supervisor.operations.stop({ force: true });
    await waitFor(() => existsSync(heard), { what: 'the hook' });
    expect(JSON.parse(readFileSync(heard, 'utf8'))).toMatchObject({
      event: 'forced-stop',
      node: { home: site.paths.home, binary: '/bin/sh', network: 'mainnet' },
    });
  });
});
