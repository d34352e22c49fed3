import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { anvil, type Client } from '../harness/clients.ts';
import { installation } from '../harness/installation.ts';
import { isAlive } from '../harness/processes.ts';
import { until } from '../harness/until.ts';

const options = ({ binary, rpcUrl }: Client) => [
  ...['--binary', binary, '--rpc-url', rpcUrl],
  ...['--health-check-interval', '500ms', '--min-peers', '0', '--restart-delay', '200ms'],
];

describe('the main job, with anvil', () => {
  it('starts, shows, restarts with other arguments, and stops the node from any terminal', async () => {
    await using wemixvisor = await installation();
    const client = await anvil();

    const started = await wemixvisor.run('start', ...options(client), '--', ...client.args);
    expect(started).toMatchObject({ code: 0 });
    expect(started.stdout).toContain('the node is running');

    const first = await wemixvisor.status();
    expect(first).toMatchObject({ schema: 1, state: 'running', desired: 'up', args: client.args });
    const argv = readFileSync(`/proc/${first.pid}/cmdline`, 'utf8').split('\0').slice(1, -1);
    expect(argv).toEqual(client.args);
    const healthy = await until(
      wemixvisor,
      ({ health }) => health?.checks['rpc_endpoint']?.['healthy'] === true,
      'the first answer',
    );
    expect(healthy.version).toMatch(/^anvil\//);

    const text = await wemixvisor.run('status');
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(
      /^State: +running\nPID: +\d+\nUptime: +\S+.*\nRestarts: +0\nHealth: /m,
    );

    const other = [...client.args, '--chain-id', '4711'];
    expect(await wemixvisor.run('restart', '--', ...other)).toMatchObject({ code: 0 });
    const second = await wemixvisor.status();
    expect(second).toMatchObject({ state: 'running', args: other, restarts: { operator: 1 } });
    expect(second.pid).not.toBe(first.pid);
    expect(isAlive(first.pid)).toBe(false);

    expect(await wemixvisor.run('stop')).toMatchObject({
      code: 0,
      stdout: 'the node has stopped\n',
    });
    expect(isAlive(second.pid)).toBe(false);
    const stopped = await wemixvisor.run('status', '--json');
    expect(stopped.code).toBe(3);
    expect(JSON.parse(stopped.stdout)).toMatchObject({
      state: 'stopped',
      desired: 'down',
      pid: null,
    });
    await waitFor(() => !isAlive(second.supervisor_pid), { what: 'the supervisor to leave' });
  });

  it('shows the whole log, also with the supervisor gone', async () => {
    await using wemixvisor = await installation();
    const client = await anvil();
    await wemixvisor.run('start', ...options(client), '--', ...client.args);
    await wemixvisor.run('stop');

    const { code, stdout } = await wemixvisor.run('logs', '-n', 'all');
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(wemixvisor.home, 'logs/node.log'), 'utf8'));
    expect(stdout).toContain('Listening on');
    const { stdout: last } = await wemixvisor.run('logs', '-n', '2');
    expect(last).not.toBe('');
    expect(last.length).toBeLessThan(stdout.length);
    expect(stdout.endsWith(last)).toBe(true);
  });

  it('follows the log across a restart', async () => {
    await using wemixvisor = await installation();
    const client = await anvil();
    await wemixvisor.run('start', ...options(client), '--', ...client.args);
    const follower = wemixvisor.spawn('logs', '-f', '-n', 'all');
    let seen = '';
    follower.stdout?.setEncoding('utf8').on('data', (text: string) => (seen += text));
    await waitFor(() => seen.includes('Listening on'));
    await wemixvisor.run('restart');
    await waitFor(() => seen.split('Listening on').length === 3, { what: 'the second start' });
    follower.kill('SIGINT');
    await waitFor(() => follower.exitCode === 0 || follower.signalCode !== null);
    expect(follower.exitCode).toBe(0);
  });

  it('keeps the home to its owner', async () => {
    await using wemixvisor = await installation();
    const client = await anvil();
    await wemixvisor.run('start', ...options(client), '--', ...client.args);
    const mode = (path: string) => (statSync(join(wemixvisor.home, path)).mode & 0o777).toString(8);
    expect(mode('.')).toBe('700');
    expect(mode('run')).toBe('700');
    for (const file of [
      'run/control.sock',
      'run/state.json',
      'run/launch.json',
      'logs/node.log',
      'logs/wemixvisor.log',
    ]) {
      expect([file, mode(file)]).toEqual([file, '600']);
    }
  });

  it('says that the node is running already, and what would be different', async () => {
    await using wemixvisor = await installation();
    const client = await anvil();
    await wemixvisor.run('start', ...options(client), '--', ...client.args);
    const again = await wemixvisor.run('start', ...options(client), '--', ...client.args);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('already running');
    const different = await wemixvisor.run('start', ...options(client), '--', '--port', '1');
    expect(different.code).toBe(1);
    expect(different.stderr).toContain('the arguments are');
  });

  it('brings the node back after a crash and counts it', async () => {
    await using wemixvisor = await installation();
    const client = await anvil();
    await wemixvisor.run('start', ...options(client), '--', ...client.args);
    const { pid } = await wemixvisor.status();
    process.kill(pid, 'SIGKILL');
    const back = await until(
      wemixvisor,
      (status) => status.state === 'running' && status.pid !== pid,
      'the node to come back',
    );
    expect(back.restarts).toEqual({ crash: 1, health: 0, operator: 0 });
    expect(back.last_exit).toMatchObject({ signal: 'SIGKILL', forced: false });
  });
});
