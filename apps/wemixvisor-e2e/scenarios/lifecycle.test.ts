import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { installation, isWatched, outcomeOf } from '../harness/installation.ts';
import { isAlive, killed, processesMentioning } from '../harness/processes.ts';
import { until } from '../harness/until.ts';

const occurrences = (text: string, part: string) => text.split(part).length - 1;

/** The node was asked to end: it says so in its log. */
const asked = (wemixvisor: FakeInstallation) =>
  waitFor(() => wemixvisor.log().includes('Got interrupt'));

describe.concurrent('stopping', () => {
  it('stops a node that is still starting, and the start that waits for it says so', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_START_MS: '60000' });
    const start = outcomeOf(wemixvisor.spawn(...wemixvisor.startWords()));
    const { pid } = await wemixvisor.until(
      (status) => status.state === 'starting' && Number.isInteger(status.pid),
      'a node that starts',
    );
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    expect(isAlive(pid)).toBe(false);
    expect(await start).toMatchObject({ code: 1 });
    expect(await wemixvisor.status()).toMatchObject({ state: 'stopped', desired: 'down' });
  });

  it('shows that a node writes its state, and gives it more time than its grace period, but not than a chosen one', async () => {
    await using wemixvisor = await fakeInstallation({
      FAKE_GETH_STOP_MS: '4000',
      FAKE_GETH_STOP_WRITES: 'yes',
    });
    await wemixvisor.run(...wemixvisor.startWords('--stop-timeout', '2s'));
    const stop = outcomeOf(wemixvisor.spawn('stop'));
    const writing = await wemixvisor.until(({ stop_phase: phase }) => phase !== null, 'a phase');
    expect(writing).toMatchObject({
      state: 'stopping',
      stop_phase: { what: 'writing cached state' },
    });
    expect(await stop).toMatchObject({ code: 0, stdout: 'the node has stopped\n' });
    expect((await wemixvisor.status()).last_exit).toMatchObject({ code: 0, forced: false });
    await wemixvisor.run('start');
    expect(await wemixvisor.run('stop', '--timeout', '2s')).toMatchObject({ code: 1 });
    expect((await wemixvisor.status()).last_exit).toMatchObject({
      signal: 'SIGKILL',
      forced: true,
    });
  });

  it('remembers a stop whose supervisor is killed in the middle of it', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_STOP_MS: '1500' });
    await wemixvisor.run(...wemixvisor.startWords());
    const { supervisor_pid: supervisor, pid } = await wemixvisor.status();
    const stop = outcomeOf(wemixvisor.spawn('stop'));
    await asked(wemixvisor);
    killed(supervisor);
    expect(await stop).toMatchObject({ code: 0 });
    expect(isAlive(pid)).toBe(false);
    expect(await wemixvisor.status()).toMatchObject({
      state: 'stopped',
      desired: 'down',
      last_exit: { code: 0, signal: null, forced: false },
    });
    expect(occurrences(wemixvisor.log(), 'Got interrupt')).toBe(1);
  });

  it('kills after the grace period of one stop, and says so there, in status and at the next start', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_STOP_MS: 'never' });
    await wemixvisor.run(...wemixvisor.startWords());
    const stop = await wemixvisor.run('stop', '--timeout', '300ms');
    expect(stop.code).toBe(1);
    expect(stop.stderr).toMatch(/^wemixvisor: the node did not stop within [^\n]+ killed[^\n]+\n$/);
    expect(await wemixvisor.status()).toMatchObject({
      state: 'stopped',
      last_exit: { signal: 'SIGKILL', forced: true },
    });
    expect((await wemixvisor.run('status')).stdout).toContain('FORCED');
    const start = await wemixvisor.run('start');
    expect(start.code).toBe(0);
    expect(start.stdout + start.stderr).toMatch(/killed by force|was killed|forced/i);
  });
});

describe.concurrent('a node that ends by itself', () => {
  it('comes back after exit 0 for a signal where a signal from elsewhere counts as a failure', async () => {
    await using wemixvisor = await fakeInstallation();
    const options = [
      '--restart',
      'on-failure',
      '--restart-after-signal',
      '--restart-delay',
      '20ms',
    ];
    await wemixvisor.run(...wemixvisor.startWords(...options));
    const { pid } = await wemixvisor.status();
    killed(pid, 'SIGTERM'); // somebody else's, so nobody asked wemixvisor for this end
    const back = await wemixvisor.until(
      (status) => status.state === 'running' && status.pid !== pid,
      'the second node',
    );
    expect(back.last_exit).toMatchObject({ code: 0, signal: null });
    expect(back.restarts).toMatchObject({ crash: 1 });
  });

  it('does not loop when its program has gone: the limit holds for failed spawns too', async () => {
    await using wemixvisor = await installation();
    const folder = join(wemixvisor.home, 'bin');
    mkdirSync(folder, { recursive: true });
    const binary = join(folder, 'node.sh');
    writeFileSync(binary, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
    const options = ['--restart-delay', '20ms', '--max-restarts', '3', '--no-wait'];
    await wemixvisor.run('start', '--binary', binary, ...options, '--');
    const { pid } = await wemixvisor.status();
    rmSync(binary);
    killed(pid);
    const status = await until(wemixvisor, ({ state }) => state === 'error', 'the limit');
    expect(status['reason']).toContain(binary);
    expect(status.generation).toBeLessThanOrEqual(4);

    copyFileSync('/bin/sh', binary);
    const again = ['--binary', binary, '--no-wait', '--', '-c', 'exec sleep 600'];
    expect(await wemixvisor.run('start', ...again)).toMatchObject({ code: 0 });
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
  });

  it('is gone with all that it started once it is stopped by force', async () => {
    await using wemixvisor = await installation();
    await wemixvisor.run(
      ...['start', '--binary', process.execPath, '--no-wait'],
      ...['--', program('spawns-child'), wemixvisor.home],
    );
    const child = await waitFor(
      () => {
        const log = readFileSync(join(wemixvisor.home, 'logs/node.log'), 'utf8');
        const found = /^child (\d+)$/m.exec(log)?.[1];
        return found !== undefined && Number(found);
      },
      { what: 'the line of the child' },
    );
    expect(await wemixvisor.run('stop', '--force')).toMatchObject({ code: 0 });
    await waitFor(() => !isAlive(child), { what: 'the child to go' });
    await waitFor(() => processesMentioning(wemixvisor.home).length === 0, { what: 'all to go' });
  });
});

describe.concurrent('a closed terminal', () => {
  it('harms neither the supervisor nor the node', async () => {
    await using wemixvisor = await fakeInstallation();
    await wemixvisor.run(...wemixvisor.startWords());
    const before = await wemixvisor.status();
    killed(before.supervisor_pid, 'SIGHUP');
    wemixvisor.script({ say: 'still here' });
    await waitFor(() => wemixvisor.log().includes('still here'));
    expect(await wemixvisor.status()).toMatchObject({
      state: 'running',
      pid: before.pid,
      supervisor_pid: before.supervisor_pid,
    });
  });

  it('takes nothing with it that was started in it', async () => {
    await using wemixvisor = await fakeInstallation();
    const terminal = wemixvisor.spawnBy(
      ['python3', '-c', 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)'],
      ...wemixvisor.startWords(),
    );
    const [code] = (await once(terminal, 'close')) as [number | null];
    expect(code).toBe(0);
    const status = await wemixvisor.until(({ state }) => state === 'running', 'the node');
    expect(isWatched(status)).toBe(true);
    wemixvisor.script({ say: 'still here' });
    await waitFor(() => wemixvisor.log().includes('still here'));
    expect(await wemixvisor.status()).toMatchObject({ pid: status.pid, restarts: { crash: 0 } });
  });
});
