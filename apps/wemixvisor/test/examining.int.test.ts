import { once } from 'node:events';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { DoctorReport } from '../src/report/doctor-report.ts';
import type { HealthReport } from '../src/report/health-report.ts';
import { workplace } from './workplace.ts';

describe('doctor', () => {
  it('shows the facts of the command line, and that there are no problems', async () => {
    const place = await workplace();
    const words = [...place.nodeArguments, '--port', '0', '--authrpc.port', '0'];
    const { stdout } = await place.run('doctor', '--', ...words);
    expect(stdout).toMatch(/^Program: +\S+\/bin\/geth$/m);
    expect(stdout).toMatch(/^Client: +geth 1\.16\.9/m);
    expect(stdout).toMatch(/^Network: +mainnet$/m);
    expect(stdout).toMatch(new RegExp(`^Data: +${place.dataDirectory}$`, 'm'));
    expect(stdout).toMatch(/^HTTP: +-$/m);
    expect(stdout).toMatch(/^IPC: +\S+\/geth\.ipc$/m);
  });

  it('names who has the port, and starts nothing', async () => {
    const place = await workplace();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    const words = [...place.nodeArguments, '--http', '--http.port', port];
    const { code, stdout } = await place.run('doctor', '--', ...words);
    server.close();
    expect(stdout).toContain(`(http) is taken by `);
    expect(stdout).toContain(`(pid ${process.pid})`);
    expect(code).toBe(1);
    expect((await place.run('status')).code).toBe(3);
  });

  it('fails for a command line that the node would refuse', async () => {
    const place = await workplace();
    const { code, stdout } = await place.run('doctor', '--', '--no-such-flag');
    expect(code).toBe(1);
    expect(stdout).toContain('no-such-flag');
  });

  it('looks at the arguments of the last start, and does not take the own node for a stranger', async () => {
    const place = await workplace();
    await place.supervised();
    const { pid } = await place.status();
    const { stdout } = await place.run('doctor');
    expect(stdout).toMatch(new RegExp(`^Data: +${place.dataDirectory}$`, 'm'));
    expect(stdout).not.toContain(`(pid ${pid ?? 0}) is in use`);
    expect(stdout).not.toContain('is in use by');
  });

  it('takes the program of the last start for other arguments, whatever PATH has', async () => {
    const place = await workplace();
    const other = join(place.path, 'other');
    symlinkSync(join(place.path, 'bin', 'geth'), other);
    const foreground = await place.supervised('--binary', other);
    foreground.signal('SIGTERM');
    await foreground.done;
    const { code, stdout } = await place.run('doctor', '--', '--datadir', place.dataDirectory);
    expect(code).toBe(0);
    expect(stdout).toContain(`Program:     ${other}\n`);
  });

  it('says how the node is that runs, where it is not well, and what its network needs', async () => {
    const place = await workplace();
    place.control({ peers: 0 });
    await place.supervised('--health-check-interval', '100ms', '--min-peers', '2');
    await waitFor(async () => (await place.status()).health?.status === 'degraded');
    const { pid } = await place.status();
    const { code, stdout } = await place.run('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^the node is running \\(pid ${pid ?? 0}\\), degraded: 0 peer`, 'm'),
    );
    expect(stdout).toMatch(/^Needs: +a consensus client at localhost:8551 \(Engine API\)$/m);
  });
});

describe('doctor of the surroundings', () => {
  const kills =
    /^warning: stop time: the engine of the container kills after (\S+), and a stop may take up to 31m \((.*)\)$/m;

  it('measures who kills the node by the stops that it saw, and leaves out what is long enough for them', async () => {
    const place = await workplace();
    place.env['WEMIXVISOR_STOP_ENGINE_TIMEOUT'] = '1s';
    const examined = async () => kills.exec((await place.run('doctor')).stdout)?.slice(1);
    place.control({ stopMs: 600 });
    const first = await place.supervised();
    expect(await examined()).toEqual(['1s', 'no stop was seen yet']);
    first.signal('SIGTERM');
    await first.done;
    expect(await examined()).toEqual(['1s', 'the only stop seen took less than 1s']);
    for (const _ of [2, 3]) {
      const again = await place.supervised();
      again.signal('SIGTERM');
      await again.done;
    }
    expect(await examined()).toEqual(['1s', 'the longest of the last 3 took less than 1s']);
    place.env['WEMIXVISOR_STOP_ENGINE_TIMEOUT'] = '10m';
    expect(await examined()).toBeUndefined();
    const { stops } = JSON.parse((await place.run('doctor', '--json')).stdout) as DoctorReport;
    expect(stops).toMatchObject({ observed: 3, at_most_seconds: 1_860 });
    expect(stops.longest_seconds).toBeGreaterThanOrEqual(0.6);
  });

  it('says that it cannot ask the engine of a container', async () => {
    const place = await workplace();
    const inside = { isContained: () => true };
    const { stdout } = await place.runAs(inside, 'doctor', '--', ...place.nodeArguments);
    expect(stdout).toContain(
      'the engine of a container, unless told otherwise, kills after 10s, and a stop may take up to 31m (no stop was seen yet)',
    );
  });

  it('names a home that others may change, and root without need', async () => {
    const place = await workplace();
    mkdirSync(place.paths.home);
    chmodSync(place.paths.home, 0o770);
    const asRoot = { uid: 0, isContained: () => false };
    const examined = async () =>
      (await place.runAs(asRoot, 'doctor', '--', ...place.nodeArguments)).stdout;
    const stdout = await examined();
    expect(stdout).toContain(`its group may write to ${place.paths.home} (mode 770)`);
    expect(stdout).toContain('warning: user: running as root, which a node does not need');
    expect(stdout).toMatch(/^nothing prevents a start$/m);
    place.env['WEMIXVISOR_ALLOW_ROOT'] = 'true';
    expect(await examined()).not.toContain('warning: user');
  });
});

describe('health', () => {
  it('tells that nothing is watched, and of an empty home that it is one', async () => {
    const place = await workplace();
    const unwatched = { code: 3, stdout: '' };
    expect(await place.run('health')).toEqual({
      ...unwatched,
      stderr: `wemixvisor: no node was ever started in ${place.paths.home}\n`,
    });
    mkdirSync(place.paths.logs, { recursive: true });
    expect(await place.run('health')).toEqual({
      ...unwatched,
      stderr: 'wemixvisor: the node is not running, or no supervisor watches it\n',
    });
  });

  it('asks the node, for people and for programs', async () => {
    const place = await workplace();
    await place.supervised();
    const { code, stdout } = await place.run('health', '--live', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout) as HealthReport).toMatchObject({
      healthy: true,
      status: 'healthy',
      checks: { rpc_endpoint: { healthy: true }, peer_count: { peers: 3 } },
    });
    expect((await place.run('health')).stdout).toMatch(/^healthy: .*\n(?:\w+: +.*\n)+$/);
  });

  it('has a code of its own for a node that is degraded', async () => {
    const place = await workplace();
    await place.supervised('--min-peers', '50');
    const { code, stdout } = await place.run('health', '--live');
    expect(stdout).toMatch(/^degraded: 3 peer.*, at least 50 wanted\n/);
    expect(code).toBe(2);
  });
});
