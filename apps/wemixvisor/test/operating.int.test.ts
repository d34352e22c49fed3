import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { requestJson } from '@wemixvisor/unix-http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resolveSettings } from '../src/settings/resolve-settings.ts';
import { runSupervisor } from '../src/supervisor/run-supervisor.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace, type Workplace } from './workplace.ts';

/** What moves the cursor up by rows, and what else a redraw writes. */
const upwards = new RegExp(String.raw`\u001b\[\d+A`);
const redrawn = new RegExp(String.raw`\u001b\[(?:\d+A|K)`);

describe('operating a supervised node from another terminal', () => {
  it('shows its status as a table and as JSON', async () => {
    const place = await workplace();
    await place.supervised();
    const status = await waitFor(async () => {
      const seen = await place.status();
      return seen.health?.head === null ? null : seen;
    });
    expect(status).toMatchObject({
      schema: 1,
      state: 'running',
      desired: 'up',
      generation: 1,
      supervisor_pid: process.pid,
      adopted: false,
      restart_count: 0,
      binary: join(place.path, 'bin', 'geth'),
      args: place.nodeArguments,
      version: expect.stringMatching(/^Geth\/v1\.16\.9/),
      health: {
        healthy: true,
        checks: {
          rpc_endpoint: { healthy: true },
          peer_count: { healthy: true, peers: 3, min_required: 1 },
          sync_status: { healthy: true, syncing: false },
        },
      },
      last_exit: null,
      next_action: null,
      log_file: place.paths.nodeLog,
    });
    expect(schemaErrorsOf('status', status)).toEqual([]);
    const table = await place.run('status');
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^State: +running$/m);
    expect(table.stdout).toMatch(new RegExp(`^PID: +${status.pid ?? 0}$`, 'm'));
    expect(table.stdout).toMatch(/^Health: +healthy/m);
    expect(table.stderr).toBe('');
  });

  it('keeps showing its status in place until Ctrl-C, and as one JSON object a line', async () => {
    const place = await workplace();
    await place.supervised();
    const screen = place.beginAs({ interactive: true, columns: 40 }, 'status', '--watch');
    await waitFor(() => screen.stdout.split(upwards).length > 2, { what: 'two redraws' });
    screen.signal('SIGINT');
    const { code, stdout } = await screen.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^State: +running\n/);
    const visible = stdout.split(redrawn).flatMap((part) => part.split('\n'));
    expect(Math.max(...visible.map((line) => line.length))).toBeLessThan(40);
    const lines = place.begin('status', '--watch', '--json');
    await waitFor(() => lines.stdout.split('\n').length > 2, { what: 'two objects' });
    lines.signal('SIGINT');
    const [first = ''] = (await lines.done).stdout.split('\n');
    expect(schemaErrorsOf('status', JSON.parse(first))).toEqual([]);
  });

  it('says that a node runs already', async () => {
    const place = await workplace();
    await place.supervised();
    const { pid } = await place.status();
    const same = await place.run('start', '--', ...place.nodeArguments);
    expect(same).toEqual({
      code: 0,
      stdout: `the node is already running (pid ${pid ?? 0})\n`,
      stderr: '',
    });
    const options = ['--restart', 'never', '--env', 'A=b'];
    expect((await place.run('start', ...options, '--', ...place.nodeArguments)).stdout).toBe(
      [
        `the node is already running (pid ${pid ?? 0})`,
        'applied now:',
        '  restart.policy: on-failure → never',
        'applied by the next start of the node (wemixvisor restart):',
        '  node.env: none → A=REDACTED\n',
      ].join('\n'),
    );
    const read = await place.run('start', '--json', ...options, '--', ...place.nodeArguments);
    expect(JSON.parse(read.stdout)).toMatchObject({
      ...{ outcome: 'running', applied: [], at_next_start: ['node.env: none → A=REDACTED'] },
    });
  });

  it('names the difference to the node that runs, and leaves it alone', async () => {
    const place = await workplace();
    await place.supervised();
    const { pid } = await place.status();
    const other = await place.run('start', '--', ...place.nodeArguments, '--http');
    expect(other.code).toBe(1);
    expect(other.stdout).toBe('');
    expect(other.stderr).toContain(
      `the arguments are ${place.nodeArguments.join(' ')}, not ${place.nodeArguments.join(' ')} --http`,
    );
    expect(await place.status()).toMatchObject({ pid, restart_count: 0 });
  });

  it('restarts the node as it was, and with other arguments', async () => {
    const place = await workplace();
    await place.supervised();
    const first = await place.status();
    const again = await place.run('restart');
    expect(again.stderr).toBe('');
    expect(again.code).toBe(0);
    const second = await place.status();
    expect(second).toMatchObject({ state: 'running', args: first.args, restarts: { operator: 1 } });
    expect(second.pid).not.toBe(first.pid);

    const changed = await place.run('restart', '--', ...place.nodeArguments, '--networkid', '7');
    const third = await place.status();
    expect(changed.stdout).toBe(
      `the node is running (pid ${third.pid ?? 0}) and answers on ${third.endpoint ?? ''}\n`,
    );
    expect(third).toMatchObject({
      args: [...place.nodeArguments, '--networkid', '7'],
      restarts: { operator: 2 },
      restart_count: 2,
    });
  });

  it('leaves the node alone where it would not start again, and tries it with --force', async () => {
    const place = await workplace();
    await place.supervised('--restart-delay', '1h');
    const { pid } = await place.status();
    const refused = await place.run('restart', '--', '--no-such-flag');
    expect(refused).toMatchObject({ code: 64, stdout: '' });
    expect(refused.stderr).toContain('error: --no-such-flag is no flag of geth 1.16.9.');
    expect(refused.stderr).toContain(
      `it keeps running (pid ${pid}); --force restarts it all the same`,
    );
    expect(await place.status()).toMatchObject({ state: 'running', pid, restart_count: 0 });

    const warned = ['--', ...place.nodeArguments, '--cache', '512', '--cache', '1024'];
    const strict = await place.run('restart', '--strict', ...warned);
    expect(strict).toMatchObject({ code: 64, stdout: '' });
    expect(strict.stderr).toContain(`not restarted: --strict is on (see above); it keeps running`);
    expect(await place.status()).toMatchObject({ state: 'running', pid, restart_count: 0 });

    const gwemix = join(place.path, 'gwemix');
    writeFileSync(gwemix, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const other = await place.run('restart', '--binary', gwemix);
    expect(other).toMatchObject({ code: 64, stdout: '' });
    expect(other.stderr).toContain(
      `not restarted: ${gwemix} is gwemix, which cannot go on with the`,
    );
    expect(await place.status()).toMatchObject({ state: 'running', pid, restart_count: 0 });

    const forced = await place.run('restart', '--force', '--', '--no-such-flag');
    expect(forced).toMatchObject({ code: 1, stdout: '' });
    // The supervisor in the foreground ends with its node, before or after it is asked for the last time.
    expect(forced.stderr).toMatch(
      /wemixvisor: the (?:supervisor has gone|node is down: the node does not know the flag)/,
    );
    expect(await place.status()).toMatchObject({
      state: 'error',
      next_action: null,
      last_exit: { code: 1, diagnosis: { cause: 'unknown-flag', class: 'never' } },
    });
    const table = await place.run('status');
    expect(table.code).toBe(1);
    expect(table.stdout).toMatch(/^Reason: +the node does not know the flag --no-such-flag/m);
    expect(table.stdout).toMatch(/^Evidence: +flag provided but not defined: -no-such-flag$/m);
    expect(table.stdout).toMatch(/^Remedy: +Remove the flag/m);
  });

  it('quotes the last words of a node that ended for an unknown reason', async () => {
    const place = await workplace();
    await place.supervised('--restart-delay', '1h');
    place.control({ say: 'goodbye', exit: 7 });
    await place.reaches('crashed');
    const { code, stderr } = await place.run('restart', '--', '--datadir', place.dataDirectory);
    expect(code).toBe(1);
    expect(stderr).toContain('wemixvisor: the node is down: exit code 7; restart in ');
    expect(stderr).toMatch(/the last lines of its log:\n(?: .*\n)* {2}goodbye\n/);
    expect((await place.run('status')).stdout).toMatch(/^Next: +restart in /m);
  });

  it('keeps the variables that the node reads as options when another terminal restarts it', async () => {
    const place = await workplace();
    place.env['GETH_CACHE'] = '64';
    await place.supervised();
    delete place.env['GETH_CACHE'];
    place.env['GETH_MAXPEERS'] = '9';
    const { code, stderr } = await place.run('restart');
    expect(code).toBe(0);
    expect(stderr).toContain('wemixvisor: GETH_CACHE is kept from the last start');
    expect(stderr).toContain('wemixvisor: GETH_MAXPEERS is not as at the last start');
    const { environment } = await place.status();
    expect(environment).toEqual(expect.arrayContaining(['GETH_CACHE', 'GETH_MAXPEERS']));
  });

  it('goes back to what last reached running, its settings too', async () => {
    const place = await workplace();
    expect(await place.run('start', '--last-good')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--last-good: no start in'),
    });
    const first = await place.supervised('--min-peers', '2');
    await place.run('stop');
    await first.done;
    place.env['FAKE_GETH_FATAL'] = 'flag provided but not defined: -metricz';
    const failed = await place.run('start', '--foreground', '--min-peers', '3', '--', '--metricz');
    expect(failed.code).toBe(1);
    delete place.env['FAKE_GETH_FATAL'];
    const both = await place.run('start', '--last-good', '--', '--http');
    expect(both).toMatchObject({ code: 64, stderr: expect.stringContaining('exclude each other') });
    const again = place.begin('start', '--foreground', '--last-good');
    await place.reaches('running');
    expect((await place.status()).args).toEqual(place.nodeArguments);
    expect((await place.run('config', 'show')).stdout).toContain('min_peers = 2');
    await place.run('stop');
    await again.done;
  });

  it('shows the help of run, which else gives every word to the node', async () => {
    const place = await workplace();
    const [ours, same] = [await place.run('run', '--help'), await place.run('help', 'run')];
    expect(ours).toEqual(same);
    expect(ours).toMatchObject({ code: 0, stdout: expect.stringContaining('wemixvisor run') });
  });

  it('stops the node while a restart is pending', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--restart-delay', '1h');
    place.control({ exit: 1 });
    expect((await place.reaches('crashed')).next_action).toMatchObject({ what: 'restart' });
    expect((await place.run('stop')).stdout).toBe(
      'the node was not running (exit code 1); its restart is cancelled\n',
    );
    expect((await foreground.done).code).toBe(1);
    expect(await place.status()).toMatchObject({
      state: 'stopped',
      desired: 'down',
      next_action: null,
    });
    const again = place.begin('start', '--foreground');
    // The control file makes an end of this one too: it was started.
    expect(await place.reaches('crashed')).toMatchObject({ desired: 'up' });
    expect((await place.run('stop')).code).toBe(0);
    await again.done;
  });

  it('stops the node and says so in its status', async () => {
    const place = await workplace();
    const foreground = await place.supervised();
    expect(await place.run('stop')).toEqual({
      code: 0,
      stdout: 'the node has stopped\n',
      stderr: '',
    });
    expect((await foreground.done).code).toBe(0);
    const stopped = await place.run('status');
    expect(stopped.code).toBe(3);
    expect(stopped.stdout).toMatch(/^State: +stopped$/m);
    expect(stopped.stdout).toMatch(/^Last exit: +with code 0, /m);
    expect(await place.run('stop')).toEqual({
      code: 0,
      stdout: 'the node is not running\n',
      stderr: '',
    });
  });

  it('kills a node that outlasts the grace period of a stop, and does not hide it', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    await place.supervised();
    const stop = await place.run('stop', '--timeout', '100ms');
    expect(stop.code).toBe(1);
    expect(stop.stderr).toContain('did not stop within the grace period and was killed');
    expect(await place.status()).toMatchObject({
      state: 'stopped',
      last_exit: { signal: 'SIGKILL', forced: true },
    });
    const shown = await place.run('status');
    expect(shown.stdout).toContain('FORCED');
    expect(shown.stdout).toMatch(/^Reason: .*killed, as it did not stop within its grace period$/m);
  });

  it('lets stop --force cut the patience of another stop short, and says that it was asked for', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    const foreground = await place.supervised();
    const patient = place.begin('stop', '--timeout', '0');
    await place.reaches('stopping');
    expect(await place.run('stop', '--force')).toMatchObject({
      code: 0,
      stdout: 'the node was killed\n',
    });
    expect((await patient.done).code).toBe(1);
    await foreground.done;
    expect((await place.status()).last_exit).toMatchObject({ signal: 'SIGKILL', forced: true });
    const { stdout } = await place.run('status');
    expect(stdout).toMatch(/^Reason: .*killed, as it was asked for \(stop --force\)$/m);
    expect(stdout).not.toContain('grace period');
  });

  it('tells two that stop at once the same', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = '200';
    await place.supervised();
    const both = await Promise.all([place.run('stop'), place.run('stop')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await place.status()).toMatchObject({ state: 'stopped', last_exit: { code: 0 } });
    const log = readFileSync(place.paths.nodeLog, 'utf8');
    expect(log.match(/Got interrupt/g)).toHaveLength(1);
    expect(log).not.toContain('Already shutting down');
  });

  it('says at Ctrl-C that the stop goes on, and that a start does', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    const foreground = await place.supervised('--stop-timeout', '0');
    const stop = place.begin('stop');
    await place.reaches('stopping');
    stop.signal('SIGINT');
    expect(await stop.done).toMatchObject({
      code: 130,
      stderr: 'wemixvisor: the node goes on stopping: wemixvisor status shows it\n',
    });
    expect((await place.status()).state).toBe('stopping');
    expect((await place.run('stop', '--force')).code).toBe(0);
    await foreground.done;
    place.env['FAKE_GETH_RPC'] = 'off';
    place.begin('start', '--foreground', '--', ...place.nodeArguments);
    await place.reaches('starting');
    const start = place.begin('start', '--', ...place.nodeArguments);
    await waitFor(() => start.stdout.includes('already starting'));
    start.signal('SIGINT');
    expect(await start.done).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('wemixvisor: the node goes on starting: ') as string,
    });
    expect((await place.status()).state).toBe('starting');
  });

  it('gives up waiting for a node that gets ready slowly; the node goes on', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_RPC'] = 'off';
    place.begin('start', '--foreground', '--', ...place.nodeArguments);
    const pid = await waitFor(async () => {
      const status = await place.status();
      return status.state === 'starting' ? status.pid : null;
    });
    const waited = await place.run('start', '--wait-timeout', '60ms', '--', ...place.nodeArguments);
    expect(waited.code).toBe(75);
    expect(waited.stdout).toBe(`the node is already starting (pid ${pid})\n`);
    expect(waited.stderr).toContain('the node is still starting after 0s; it goes on');
    const unwaited = await place.run('start', '--no-wait', '--', ...place.nodeArguments);
    expect(unwaited.code).toBe(0);
    place.control({ rpc: 'on' });
    expect(await place.reaches('running')).toMatchObject({ pid });
  });

  it('shows the last lines of the log, and what comes', async () => {
    const place = await workplace();
    await place.supervised();
    const following = place.begin('logs', '-n', '0', '-f');
    const marked = await waitFor(() => {
      appendFileSync(place.paths.nodeLog, 'a mark\n');
      return following.stdout.includes('a mark\n');
    });
    expect(marked).toBe(true);
    following.signal('SIGINT');
    const { code, stdout } = await following.done;
    expect(code).toBe(0);
    expect(stdout).not.toContain('Starting Geth');

    place.control({ blockMs: 0 });
    const last = await place.run('logs', '-n', '1');
    expect(last.stdout).not.toBe('');
    const all = await place.run('logs', '-n', 'all');
    expect(all.stdout.length).toBeGreaterThan(last.stdout.length);
    expect(all.stdout).toContain('Starting Geth on Ethereum mainnet...');
  });

  it('ends a followed log when its reader has seen enough', async () => {
    const place = await workplace();
    await place.supervised();
    const following = place.begin('logs', '-f');
    await waitFor(() => following.stdout !== '');
    following.closeOutput();
    expect((await following.done).code).toBe(0);
  });

  it('keeps everything from the eyes of others', async () => {
    const place = await workplace();
    await place.supervised();
    const modeOf = (file: string) => statSync(file).mode & 0o777;
    const { home, run, logs, state, launch, socket, journal, nodeLog } = place.paths;
    expect([home, run, logs].map(modeOf)).toEqual([0o700, 0o700, 0o700]);
    expect([state, launch, socket, journal, nodeLog].map(modeOf)).toEqual(Array(5).fill(0o600));
  });

  it('hides a secret of the command line in all that it shows', async () => {
    const place = await workplace();
    const secret = 'f4c3b00c'.repeat(8);
    const words = [...place.nodeArguments, '--nodekeyhex', secret];
    place.begin('start', '--foreground', '--', ...words);
    await place.reaches('running');
    const { args } = await place.status();
    expect(args).toHaveLength(words.length);
    const shown = [await place.run('status'), await place.run('status', '--json')];
    const different = await place.run('start', '--', '--nodekeyhex', secret);
    expect(different.code).toBe(1);
    for (const { stdout, stderr } of [...shown, different]) {
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe('a home in disorder', () => {
  it.each([
    ['half-written', '{"schema": 1, "lifecy', 'cannot be read'],
    ['of an unknown version', '{"schema": 0}', 'has schema 0, not 2'],
    ['damaged', '{"schema": 1, "lifecycle": {"state": "asleep"}}', 'is damaged'],
  ])('is said in one line and set right where the state is %s', async (_, text, words) => {
    const place = await workplace();
    const once = await place.supervised();
    once.signal('SIGTERM');
    await once.done;
    writeFileSync(place.paths.state, text);
    const unknown = await place.run('status');
    expect(unknown).toMatchObject({ code: 4, stdout: '' });
    expect(unknown.stderr.split('\n')).toHaveLength(2);
    expect(unknown.stderr).toContain(words);

    const foreground = await place.supervised();
    const said = foreground.stderr.split('\n').filter((line) => line.includes(words));
    expect(said).toHaveLength(1);
    expect((await place.status()).state).toBe('running');
    foreground.signal('SIGTERM');
    expect((await foreground.done).code).toBe(0);
  });

  it('does not need its socket removed by hand', async () => {
    const place = await workplace();
    const first = await place.supervised();
    first.signal('SIGTERM');
    await first.done;
    writeFileSync(place.paths.socket, 'left over');
    await place.supervised();
    expect((await place.status()).supervisor_pid).toBe(process.pid);
  });

  it('tells what it can where nothing was ever started', async () => {
    const place = await workplace();
    expect(await place.run('status')).toMatchObject({
      code: 3,
      stderr: `wemixvisor: no node was ever started in ${place.paths.home}\n`,
    });
    const never = `no node was ever started in ${place.paths.home}\n`;
    expect(await place.run('stop')).toMatchObject({ code: 0, stdout: never });
    expect(await place.run('detach')).toMatchObject({ stdout: 'no supervisor is running\n' });
    expect(await place.run('restart')).toMatchObject({
      code: 1,
      stderr: 'wemixvisor: there is no node to restart: wemixvisor start -- OPTIONS\n',
    });
    expect(await place.run('logs')).toEqual({
      code: 3,
      stdout: '',
      stderr: `wemixvisor: ${never}`,
    });
    const following = place.begin('logs', '-f');
    const warning = `wemixvisor: ${never.trim()}: waiting for its log\n`;
    await waitFor(() => following.stderr === warning);
    following.signal('SIGINT');
    expect((await following.done).code).toBe(0);
  });

  it('repeats the arguments of the last start', async () => {
    const place = await workplace();
    const first = await place.supervised('--min-peers', '2');
    first.signal('SIGTERM');
    await first.done;
    place.begin('start', '--foreground');
    const { args } = await place.reaches('running');
    expect(args).toEqual(place.nodeArguments);
    const known = await waitFor(async () => (await place.status()).health);
    expect(known.checks.peer_count.min_required).toBe(2);
  });

  it('starts over where the last start was forgotten', async () => {
    const place = await workplace();
    const first = await place.supervised();
    first.signal('SIGTERM');
    await first.done;
    rmSync(place.paths.launch);
    expect((await place.run('restart')).code).toBe(1);
    expect((await place.run('status')).code).toBe(3);
  });
});

/** A supervisor whose node is down, ended with the test. */
async function idleSupervisor({ paths, env, path }: Workplace): Promise<void> {
  const { settings } = resolveSettings({ options: {}, environment: {} });
  const supervisor = await runSupervisor({
    ...{ paths, settings, env, endsWithNode: false, homeDirectory: path },
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
  });
  onTestFinished(async () => {
    supervisor.end();
    await supervisor.ended;
  });
}

describe('an empty request over the control socket', () => {
  const ask = async ({ paths }: Workplace, path: string) => {
    const { status, body } = await requestJson(paths.socket, { method: 'POST', path, body: {} });
    return { status, said: body as Record<string, unknown> };
  };

  it('is refused with the words and the code of the command while there is nothing to repeat', async () => {
    const place = await workplace();
    await idleSupervisor(place);
    for (const [path, error] of [
      ['/v1/start', 'there is nothing to start again: wemixvisor start -- OPTIONS'],
      ['/v1/restart', 'there is no node to restart: wemixvisor start -- OPTIONS'],
    ] as const) {
      expect(await ask(place, path)).toEqual({ status: 409, said: { error, exit_code: 1 } });
    }
  });

  it('starts what ran last, by the settings of today, and says so where it runs already', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--min-peers', '2');
    const { pid } = await place.status();
    expect(await ask(place, '/v1/start')).toMatchObject({
      status: 200,
      said: { outcome: 'already-running', status: { state: 'running', pid } },
    });
    await place.run('stop');
    await foreground.done;
    await idleSupervisor(place);
    expect(await ask(place, '/v1/start')).toMatchObject({
      status: 200,
      said: { outcome: 'started', status: { args: place.nodeArguments } },
    });
    const { pid: next } = await place.reaches('running');
    const { health } = await waitFor(async () => {
      const status = await place.status();
      return status.health !== null && status;
    });
    expect(health?.checks.peer_count.min_required).toBe(2);
    expect(await ask(place, '/v1/restart')).toMatchObject({ status: 200 });
    const again = await waitFor(async () => {
      const status = await place.status();
      return status.state === 'running' && status.pid !== next ? status : null;
    });
    expect(again.restarts).toMatchObject({ operator: 1 });
    expect((await place.run('stop')).code).toBe(0);
  });
});

describe('a start after one of another version', () => {
  it('repeats what this version knows of it', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--min-peers', '2');
    await place.run('stop');
    await foreground.done;
    const last = JSON.parse(readFileSync(place.paths.launch, 'utf8')) as { options: object };
    const options = { ...last.options, ofAnotherVersion: 'x' };
    writeFileSync(place.paths.launch, JSON.stringify({ ...last, options }), { mode: 0o600 });
    await idleSupervisor(place);
    expect(await place.run('start')).toMatchObject({ code: 0, stderr: '' });
    expect((await place.run('stop')).code).toBe(0);
  });
});
