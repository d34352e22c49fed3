import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { workplace, type Workplace } from './workplace.ts';

const write = ({ paths }: Workplace, toml: string) =>
  writeFileSync(paths.config, toml, { mode: 0o600 });

const journalOf = ({ paths }: Workplace) => readFileSync(paths.journal, 'utf8');

async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

describe('reload', () => {
  it('applies what does not need the node, says what does, and leaves the node alone', async () => {
    const place = await workplace();
    await place.supervised();
    const before = await place.status();
    const metrics = await freeAddress();
    write(
      place,
      `[health]\nmin_peers = 50\ninterval = "50ms"\nmetrics_addr = "${metrics}"\n[log]\nlevel = "error"\n[stop]\ntimeout = "1m"\n[node]\nbinary = "/bin/other"\n[alerts]\nwebhook_url = "https://hooks.example/s3cr3t"\n`,
    );
    const { code, stdout, stderr } = await place.run('reload');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toBe(`applied now:
  stop.timeout: 5m → 1m
  health.interval: 30s → 50ms
  health.min_peers: 1 → 50
  health.metrics_addr: none → ${metrics}
  log.level: info → error
  alerts.webhook_url: none → REDACTED
applied by the next start of the node (wemixvisor restart):
  node.binary: none → /bin/other
`);
    // A check that the node did not answer in time says nothing of its peers: the next one does.
    await waitFor(async () => {
      const { healthy, min_required: wanted } =
        (await place.status()).health?.checks.peer_count ?? {};
      return wanted === 50 && healthy === false;
    });
    expect((await fetch(`http://${metrics}/healthz`)).status).toBe(200);
    expect(journalOf(place)).not.toContain('"event":"reload"');
    const after = await place.status();
    expect(after).toMatchObject({ pid: before.pid, restart_count: 0, generation: 1 });

    const again = await place.run('reload', '--json');
    expect(JSON.parse(again.stdout)).toEqual({
      schema: 1,
      applied: [],
      at_next_start: ['node.binary: none → /bin/other'],
      overridden: [],
      problems: [],
    });
  });

  it('changes nothing where the file is wrong, and says so', async () => {
    const place = await workplace();
    await place.supervised();
    write(place, '[health]\nmin_peers = 50\nintervall = "1s"\n');
    const { code, stdout, stderr } = await place.run('reload');
    expect(stdout).toBe('');
    expect(stderr).toContain('config.toml:3: health.intervall is not a setting: did you mean');
    expect(code).toBe(64);
    expect(journalOf(place)).toContain('nothing is changed: ');
    write(place, '');
    expect((await place.run('reload')).stdout).toBe('nothing has changed\n');
  });

  it('lets what the start was given beat the file', async () => {
    const place = await workplace();
    place.env['WEMIXVISOR_MAX_RESTARTS'] = '9';
    await place.supervised('--min-peers', '2');
    delete place.env['WEMIXVISOR_MAX_RESTARTS'];
    write(
      place,
      '[health]\nmin_peers = 50\n[restart]\nmax = 1\ndelay = "7s"\n[alerts]\nwebhook_url = "https://hooks.example/s3cr3t"\n',
    );
    const { stdout } = await place.run('reload');
    expect(stdout).toBe(`applied now:
  restart.delay: 5s → 7s
  alerts.webhook_url: none → REDACTED
not applied, as the last start set another value (wemixvisor restart keeps it):
  restart.max: 1 in the file, but the start was given 9
  health.min_peers: 50 in the file, but the start was given 2
`);
    expect(journalOf(place)).toContain('"applied":["restart.delay: 5s → 7s"');
    expect(journalOf(place)).not.toContain('s3cr3t');
  });

  it('says that an address is taken, keeps the rest, and tries again', async () => {
    const place = await workplace();
    await place.supervised();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    write(place, `[health]\nmin_peers = 3\nmetrics_addr = "127.0.0.1:${port}"\n`);
    const taken = await place.run('reload');
    expect(taken.stderr).toContain(`not applied: cannot serve --metrics-addr 127.0.0.1:${port}`);
    expect(taken.code).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    const free = await place.run('reload');
    expect(free.stdout).toContain('health.metrics_addr: none');
    expect(free.code).toBe(0);
  });

  it('happens on SIGHUP too, in either form of the journal', async () => {
    const place = await workplace();
    const foreground = await place.supervised();
    const { pid } = await place.status();
    write(place, '[health]\nmin_peers = 50\n[log]\nformat = "pretty"\n');
    foreground.signal('SIGHUP');
    await waitFor(() => foreground.stderr.includes('applied the settings'));
    expect(foreground.stderr).not.toMatch(/\{[^\n]*settings read again/);
    write(place, 'broken');
    foreground.signal('SIGHUP');
    await waitFor(() => foreground.stderr.includes('nothing is changed: '));
    expect(await place.status()).toMatchObject({ pid, state: 'running' });
  });

  it('has nobody to tell where no supervisor runs', async () => {
    const place = await workplace();
    expect(await place.run('reload')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'wemixvisor: no supervisor is running; the next start reads the configuration\n',
    });
  });
});
