import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { workplace } from './workplace.ts';

describe('a supervisor in the foreground', () => {
  it("shows the node's log, stops it on SIGTERM and passes on its exit code", async () => {
    const place = await workplace();
    const run = place.begin('run', ...place.nodeArguments);
    const { pid, endpoint } = await place.reaches('running');
    expect(pid).toBeGreaterThan(1);
    expect(endpoint).toBe(join(place.dataDirectory, 'geth.ipc'));
    await waitFor(() => run.stdout.includes('IPC endpoint opened'));
    run.signal('SIGTERM');
    const { code, stdout, stderr } = await run.done;
    expect(code).toBe(0);
    expect(stdout).toContain('Blockchain stopped');
    expect(stderr).toContain('"to":"running"');
    expect(await place.status()).toMatchObject({
      state: 'stopped',
      desired: 'down',
      supervisor_pid: null,
      last_exit: { code: 0, signal: null, forced: false },
    });
  });

  it("gives every word behind run to the node, also those that look like wemixvisor's", async () => {
    const place = await workplace();
    const { code, stdout } = await place.run('run', '--help', '--', '--home');
    expect(stdout).toContain('the go-ethereum command line interface');
    expect(code).toBe(0);
    const again = await place.run('start');
    expect(again).toMatchObject({ code: 64 });
    expect(again.stderr).toContain('there is no earlier start to repeat');
  });

  it('goes on when nobody reads what it shows any more', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--restart-delay', '10ms');
    const { pid } = await place.status();
    foreground.closeOutput();
    signalProcess(pid, 'SIGKILL');
    await waitFor(async () => {
      const status = await place.status();
      return status.state === 'running' && status.pid !== pid;
    });
    foreground.signal('SIGTERM');
    expect((await foreground.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ state: 'stopped', last_exit: { code: 0 } });
  });

  it('ends well where it is stopped while the node is down', async () => {
    const place = await workplace();
    const options = ['--foreground', '--binary', '/bin/sh', '--restart-delay', '1h'];
    const run = place.begin('start', ...options, '--', '-c', 'exit 3');
    await place.reaches('crashed');
    run.signal('SIGTERM');
    expect((await run.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ state: 'stopped', last_exit: { code: 3 } });
  });

  it('stays where the node is down and it was told to, until a signal', async () => {
    const place = await workplace();
    const options = ['--foreground', '--stay', '--binary', '/bin/sh', '--auto-restart=false'];
    const run = place.begin('start', ...options, '--', '-c', 'exit 3');
    const down = await place.reaches('error');
    await place.run('stop');
    expect(await place.reaches('stopped')).toMatchObject({
      supervisor_pid: down.supervisor_pid,
    });
    run.signal('SIGTERM');
    expect((await run.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ supervisor_pid: null, last_exit: { code: 3 } });
    expect(await place.run('start', '--stay', '--', '-c', 'exit 3')).toMatchObject({ code: 64 });
  });

  it('takes the home from a supervisor that is just ending', async () => {
    const place = await workplace();
    await place.supervised();
    const { pid } = await place.status();
    await place.run('detach');
    await place.supervised();
    expect(await place.status()).toMatchObject({ pid, adopted: true });
  });

  it('lets what the node says command no terminal', async () => {
    const place = await workplace();
    const script = "printf 'a\\033[2Jb\\a\\n'; exit 3";
    const options = ['--foreground', '--binary', '/bin/sh', '--auto-restart=false'];
    const asked = ['start', ...options, '--', '-c', script];
    const { stdout } = await place.runAs({ interactive: true }, ...asked);
    expect(stdout).toBe('a\\x1b[2Jb\\x07\n');
  });

  it('leaves the node where a detach comes between a signal and the end of the node', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    const foreground = await place.supervised('--stop-timeout', '0');
    foreground.signal('SIGTERM');
    const { pid } = await place.reaches('stopping');
    expect((await place.run('detach')).code).toBe(0);
    expect((await foreground.done).code).toBe(0);
    expect(foreground.stderr).toContain('wemixvisor: the node was not stopped: ');
    expect(await place.status()).toMatchObject({ pid, supervisor_pid: null });
    expect((await place.run('stop', '--force')).code).toBe(0);
  });

  it('does not pass a second signal on, and says how to force', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    const foreground = await place.supervised('--stop-timeout', '0');
    foreground.signal('SIGINT');
    await place.reaches('stopping');
    foreground.signal('SIGINT');
    expect(foreground.stderr).toContain('To kill it: wemixvisor stop --force');
    await waitFor(() => foreground.stdout.includes('Got interrupt'));
    const stop = await place.run('stop', '--force');
    expect(stop).toEqual({ code: 0, stdout: 'the node was killed\n', stderr: '' });
    const { code, stdout } = await foreground.done;
    expect(code).toBe(137);
    expect(stdout.match(/Got interrupt/g)).toHaveLength(1);
    expect(stdout).not.toContain('Already shutting down');
  });

  it('passes on the code of a node that crashes and may not be restarted', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--auto-restart=false');
    place.control({ exit: 7 });
    expect((await foreground.done).code).toBe(7);
    expect(await place.status()).toMatchObject({
      state: 'error',
      reason: 'exit code 7; automatic restart is off',
    });
  });

  it('restarts a node that crashes, up to the limit, and then needs the operator', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--max-restarts', '2', '--restart-delay', '10ms');
    const { pid } = await place.status();
    signalProcess(pid, 'SIGKILL');
    const recovered = await waitFor(async () => {
      const status = await place.status();
      return status.state === 'running' && status.pid !== pid ? status : null;
    });
    expect(recovered).toMatchObject({
      restart_count: 1,
      restarts: { crash: 1, health: 0, operator: 0 },
      last_exit: { code: null, signal: 'SIGKILL', forced: false },
    });
    // The control file outlives the process that obeyed it: each further one obeys it again.
    place.control({ exit: 3 });
    expect((await foreground.done).code).toBe(3);
    expect(await place.status()).toMatchObject({
      state: 'error',
      restarts: { crash: 2 },
      reason: 'exit code 3; gave up after 2 restarts',
    });
    const shown = await place.run('status');
    expect(shown.code).toBe(1);
    expect(shown.stdout).toMatch(/^State: +error$/m);
  });

  it('ends with a node that ends by itself', async () => {
    const place = await workplace();
    const foreground = await place.supervised();
    place.control({ exit: 0 });
    expect((await foreground.done).code).toBe(0);
    expect(await place.status()).toMatchObject({
      state: 'stopped',
      reason: 'the node ended by itself: exit code 0',
    });
  });

  it('passes on code 127 where the program cannot be executed', async () => {
    const place = await workplace();
    const broken = join(place.path, 'broken');
    writeFileSync(broken, '#!/nowhere/interpreter\n', { mode: 0o755 });
    const options = ['--binary', broken, '--max-restarts', '0'];
    const { code, stdout } = await place.run('start', '--foreground', ...options, '--');
    expect(code).toBe(127);
    expect(stdout).toContain('No such file or directory');
    expect(await place.status()).toMatchObject({ state: 'error', restart_count: 0, pid: null });
  });

  it('is refused a home that another supervisor has', async () => {
    const place = await workplace();
    await place.supervised();
    const other = await place.runAs({ pid: process.ppid }, 'start', '--foreground', '--');
    expect(other.code).toBe(1);
    expect(other.stderr).toBe(
      `wemixvisor: supervisor ${process.pid} already has ${place.paths.home}: wemixvisor status shows its node, wemixvisor logs -f follows it\n`,
    );
    // No word of the running node's own socket and port.
    expect((await place.runAs({ pid: process.ppid }, 'run', ...place.nodeArguments)).stderr).toBe(
      other.stderr,
    );
    expect((await place.status()).state).toBe('running');
  });

  it('is refused a home that cannot be written', async () => {
    const place = await workplace();
    symlinkSync('/dev/null', join(place.path, 'no-folder'));
    const home = join(place.path, 'no-folder', 'home');
    const { code, stderr } = await place.run('start', '--foreground', '--home', home, '--');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^wemixvisor: cannot use \S+ as the home: .*name another with --home/);
  });

  it('leaves the node on detach and ends', async () => {
    const place = await workplace();
    const foreground = await place.supervised();
    const { pid } = await place.status();
    const detached = await place.run('detach');
    expect(detached.stdout).toContain(`the node (pid ${pid ?? 0}) keeps running, unwatched`);
    expect((await foreground.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ state: 'running', pid, supervisor_pid: null });
  });

  it('shows its events as lines for people where they are wanted', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--log-format', 'pretty');
    foreground.signal('SIGTERM');
    const { stderr } = await foreground.done;
    expect(stderr).toMatch(/^\S+Z INFO {2}wemixvisor: starting → running$/m);
  });
});
