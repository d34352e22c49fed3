import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Alert } from '@wemixvisor/alerts';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { AlertsReport } from '../src/report/alerts-report.ts';
import { receiver } from './receiver.ts';
import { workplace, type Workplace } from './workplace.ts';

/** Writes the `[alerts]` table of a home. */
function configure(place: Workplace, lines: readonly string[]): void {
  mkdirSync(place.paths.home, { recursive: true, mode: 0o700 });
  const soon = ['resolve_after = "0"', 'degraded_after = "0"'];
  writeFileSync(place.paths.config, ['[alerts]', ...soon, ...lines, ''].join('\n'), {
    mode: 0o600,
  });
}

const alertsIn = (received: readonly { readonly body: string }[]) =>
  received.map(({ body }) => JSON.parse(body) as Alert);

async function report(place: Workplace): Promise<AlertsReport> {
  const { stdout, code } = await place.run('alerts', '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as AlertsReport;
}

/** A node that crashed, and a receiver that hangs when it is told. */
async function untoldCrash() {
  const place = await workplace();
  const hook = await receiver(() => {});
  configure(place, [`webhook_url = "${hook.url}"`]);
  const foreground = await place.supervised('--restart-delay', '10ms');
  const { pid } = await place.status();
  signalProcess(pid, 'SIGKILL');
  await waitFor(() => hook.received.length > 0);
  return { place, foreground, hook };
}

describe('alerts', () => {
  it('tell of a crash and that it is over, and say so when they are asked', async () => {
    const place = await workplace();
    const hook = await receiver();
    configure(place, [`webhook_url = "${hook.url}/s3cret-path"`]);
    await place.supervised('--restart-delay', '10ms');
    const { pid } = await place.status();
    signalProcess(pid, 'SIGKILL');
    const alerts = await waitFor(
      () => {
        const seen = alertsIn(hook.received);
        return seen.some(({ status }) => status === 'resolved') && seen;
      },
      { what: 'crash and resolved', everyMs: 50 },
    );
    expect(alerts.map(({ event, status }) => [event, status])).toEqual([
      ['crash', 'raised'],
      ['crash', 'resolved'],
    ]);
    expect(alerts[0]).toMatchObject({
      schema: 1,
      severity: 'critical',
      summary: expect.stringMatching(
        /^the node crashed: .*killed.*SIGKILL.*restart 1.*What to do: /,
      ) as string,
      node: { home: place.paths.home, network: expect.any(String) as string },
    });
    const told = await report(place);
    expect(told.troubles).toEqual([]);
    expect(told.deliveries.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
    const shown = await place.run('alerts');
    expect(shown.stdout).toContain(`webhook: json at ${hook.url}\n`);
    expect(shown.stdout + JSON.stringify(told)).not.toContain('s3cret');
    expect(readFileSync(place.paths.journal, 'utf8')).not.toContain('s3cret');
    expect(JSON.stringify(await place.status())).not.toContain('s3cret');
    await place.run('stop');
  });

  it('tell that the node stays down before a supervisor ends with it', async () => {
    const place = await workplace();
    const hook = await receiver();
    configure(place, [
      `webhook_url = "${hook.url}"`,
      'events = ["restart-limit", "error", "exit"]',
    ]);
    await place.supervised('--max-restarts', '0');
    place.control({ exit: 3 });
    const [alert] = await waitFor(() => hook.received.length > 0 && alertsIn(hook.received));
    expect(alert).toMatchObject({ event: 'error', status: 'raised', node: { pid: null } });
    expect(alert?.summary).toContain('exit code 3; automatic restart is off');
  });

  it('tell of lost peers once, and of their return', async () => {
    const place = await workplace();
    const hook = await receiver();
    configure(place, [`webhook_url = "${hook.url}"`]);
    await place.supervised('--health-check-interval', '50ms');
    place.control({ peers: 0 });
    await waitFor(() => hook.received.length > 0);
    place.control({ peers: 5 });
    await waitFor(() => hook.received.length > 1, { everyMs: 100 });
    expect(alertsIn(hook.received).map(({ event, status }) => `${event} ${status}`)).toEqual([
      'peers raised',
      'peers resolved',
    ]);
    await place.run('stop');
  });

  it('tell of a node that is silent and only would be restarted, and of both when it answers', async () => {
    const place = await workplace();
    const hook = await receiver();
    configure(place, [`webhook_url = "${hook.url}"`]);
    const quick = ['--health-check-interval', '50ms', '--health-check-timeout', '500ms'];
    await place.supervised(...quick, '--health-restart', 'dry-run');
    place.control({ rpc: 'hang' });
    const told = () =>
      alertsIn(hook.received)
        .map(({ event, status }) => `${event} ${status}`)
        .filter((words) => !words.startsWith('degraded'));
    await waitFor(() => told().length === 2, { what: 'two alerts' });
    place.control({ rpc: 'on' });
    await waitFor(() => told().length === 4, { what: 'the end of both' });
    expect(told().toSorted()).toEqual([
      'health-restart raised',
      'health-restart resolved',
      'unhealthy raised',
      'unhealthy resolved',
    ]);
    await place.run('stop');
  });

  it('tell of a log that another program cut, and of a node that was killed', async () => {
    const place = await workplace();
    const hook = await receiver();
    configure(place, [`webhook_url = "${hook.url}"`]);
    await place.supervised();
    // Only what the store has seen can be missed: it looks at a quiet log once a second.
    const cutNow = () => {
      truncateSync(place.paths.nodeLog, 0);
      return hook.received.length > 0;
    };
    await waitFor(cutNow, { everyMs: 1_500 });
    await place.run('stop', '--force');
    await waitFor(() => hook.received.length > 1);
    expect(alertsIn(hook.received).map(({ event, status }) => `${event} ${status}`)).toEqual([
      'log notice',
      'forced-stop notice',
    ]);
  });

  it('keep neither a stop nor the end of the supervisor waiting for a receiver that hangs', async () => {
    const { place, foreground } = await untoldCrash();
    const { channels } = await report(place);
    expect(channels).toMatchObject([{ queued: expect.any(Number) as number }]);
    expect((await place.run('stop')).code).toBe(0);
    await foreground.done;
    expect(readFileSync(place.paths.journal, 'utf8')).toMatch(
      /alert\(s\) wait for the next supervisor/,
    );
  });

  it('go on with the next supervisor, under the same id, when the last one could not deliver them', async () => {
    const { place, foreground, hook } = await untoldCrash();
    await place.run('detach');
    await foreground.done;
    const [first] = alertsIn(hook.received.splice(0));
    hook.answerWith((response) => response.writeHead(204).end());
    await place.supervised();
    await waitFor(() => hook.received.length > 0);
    expect(alertsIn(hook.received)[0]).toEqual(first);
    await waitFor(async () => (await report(place)).channels[0]?.queued === 0);
    await place.run('stop');
  });

  it('are tried by the supervisor, and without one from the configuration', async () => {
    const place = await workplace();
    const hook = await receiver();
    const note = join(place.path, 'note');
    configure(place, [
      `webhook_url = "${hook.url}"`,
      `exec = ["/bin/sh", "-c", 'echo "$WEMIXVISOR_ALERT_EVENT" > "$0"', "${note}"]`,
    ]);
    const direct = await place.run('alerts', 'test');
    expect(direct).toMatchObject({ code: 0, stderr: '' });
    expect(direct.stdout).toMatch(
      /^webhook \(json at http:\/\/127.0.0.1:\d+\): delivered in \d+ ms\nexec \(\/bin\/sh\): delivered in \d+ ms\n$/,
    );
    expect(readFileSync(note, 'utf8')).toBe('test\n');
    expect(await place.run('alerts')).toMatchObject({ code: 3, stdout: '' });
    await place.supervised();
    hook.answerWith((response) => response.writeHead(500).end('broken'));
    const supervised = await place.run('alerts', 'test', '--json');
    expect(supervised.code).toBe(1);
    expect(JSON.parse(supervised.stdout)).toMatchObject({
      results: [
        { channel: 'webhook', delivered: false, why: 'it answered 500: broken' },
        { channel: 'exec', delivered: true, why: null },
      ],
    });
    await place.run('stop');
  });

  it('say how to configure a channel where there is none', async () => {
    const place = await workplace();
    const tried = await place.run('alerts', 'test');
    expect(tried.code).toBe(1);
    expect(tried.stderr).toContain('set alerts.webhook_url or alerts.exec');
    const wrong = await place.run('alerts', 'tset');
    expect(wrong).toMatchObject({ code: 64, stdout: '' });
    expect(wrong.stderr).toContain('there is no command "alerts tset"');
  });

  it('leave no secret anywhere but where the operator wrote it', async () => {
    const place = await workplace();
    const hook = await receiver((response, { path, headers }) =>
      response.writeHead(400).end(`${path} ${headers.authorization ?? ''} PL4NTED-key`),
    );
    const secret = join(place.path, 'secret');
    writeFileSync(secret, 'PL4NTED-key', { mode: 0o600 });
    const address = hook.url.replace('//', '//op:PL4NTED-password@');
    configure(place, [
      `webhook_url = "${address}/PL4NTED/path?token=PL4NTED-token"`,
      `webhook_secret_file = "${secret}"`,
    ]);
    await place.supervised('--health-check-interval', '50ms');
    place.control({ peers: 0 });
    await waitFor(async () => (await report(place)).deliveries.length > 0);
    const shown = await Promise.all(
      [['alerts'], ['alerts', '--json'], ['alerts', 'test'], ['status'], ['status', '--json']].map(
        (words) => place.run(...words),
      ),
    );
    await place.run('stop');
    for (const { stdout, stderr } of shown) expect(stdout + stderr).not.toContain('PL4NTED');
    expect(shown[0]?.stdout).toContain('it answered 400');
    const written = readdirSync(place.paths.home, { recursive: true, encoding: 'utf8' })
      .filter((name) => name !== 'config.toml')
      .map((name) => join(place.paths.home, name))
      .filter((file) => statSync(file).isFile());
    expect(written).toContain(place.paths.journal);
    for (const file of written) expect(readFileSync(file, 'utf8'), file).not.toContain('PL4NTED');
    expect(hook.received.length).toBeGreaterThan(0);
    for (const { body } of hook.received) expect(body).not.toContain('PL4NTED');
  });

  it('remember what they told in a file of their owner, so that the next supervisor tells its end', async () => {
    const place = await workplace();
    const hook = await receiver();
    configure(place, [`webhook_url = "${hook.url}"`]);
    const first = await place.supervised('--health-check-interval', '50ms');
    place.control({ peers: 0 });
    await waitFor(() => hook.received.length > 0);
    await place.run('detach');
    await first.done;
    expect(statSync(join(place.paths.run, 'alerts.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(place.paths.run)).toContain('alerts.json');
    place.control({ peers: 5 });
    await place.supervised('--health-check-interval', '50ms');
    await waitFor(() => hook.received.length > 1);
    expect(alertsIn(hook.received).map(({ status }) => status)).toEqual(['raised', 'resolved']);
    await place.run('stop');
  });
});
