import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  crashReportsOf,
  fakeSite,
  journalOf,
  settingsOf,
  shellLaunch,
  startRequestOf,
} from '../../test/fake-supervisor.ts';
import { recallState } from '../state/recall-state.ts';
import { HomeHeld } from './open-home.ts';

const locksIn = (run: string) => readdirSync(run).filter((name) => name.startsWith('lock'));

describe('a supervisor', () => {
  it('starts the node with exactly the command it was given, and two variables that tell of it', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const launch = shellLaunch({ args: ['--datadir', '/d', "it's"], env: { HOME: '/home/op' } });
    await supervisor.started({ launch });
    const env = { WEMIX_HOME: site.paths.home, WEMIX_NETWORK: 'mainnet', HOME: '/home/op' };
    expect(site.machine.commands).toEqual([{ ...launch, env }]);
    expect(supervisor.operations.status()).toMatchObject({ state: 'running', args: launch.args });
  });

  it('has the pid of the node on the disk before its program is executed', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const spawned = supervisor.seen.findIndex(
      (event) => event.type === 'lifecycle' && event.change.event.type === 'spawned',
    );
    expect(spawned).toBeGreaterThan(-1);
    expect(recallState(site.paths).state?.lifecycle).toMatchObject({
      run: { identity: { pid: site.machine.nodes()[0] } },
    });
    expect(existsSync(site.paths.stateBackup)).toBe(true);
  });

  it('writes the cause of an end and the last line of the node in the same write as the end', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    appendFileSync(site.paths.nodeLog, 'INFO Importing\nFatal: out of room\n\n');
    const crashed = supervisor.next('lifecycle', ({ change }) => change.after.state === 'crashed');
    site.machine.exit(1);
    await crashed;
    expect(recallState(site.paths).state?.lifecycle.lastExit).toMatchObject({
      code: 1,
      cause: 'unasked',
      lastLine: 'Fatal: out of room',
    });
    expect(supervisor.operations.status().last_exit).toMatchObject({
      cause: 'unasked',
      forced: false,
      last_line: 'Fatal: out of room',
    });
  });

  it('starts a crashed node again with the same command when the delay is over', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const crashed = supervisor.next('lifecycle', ({ change }) => change.after.state === 'crashed');
    site.machine.exit(1);
    await crashed;
    const running = supervisor.next('lifecycle', ({ change }) => change.after.state === 'running');
    await site.machine.clock.advance(5_000);
    await running;
    const [first, second] = site.machine.commands;
    expect(second).toEqual(first);
    expect(supervisor.operations.status().restarts).toEqual({ crash: 1, health: 0, operator: 0 });
  });

  it('goes by the restart settings of the latest start', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started({ settings: settingsOf({ autoRestart: 'false' }) });
    const failed = supervisor.next('lifecycle', ({ change }) => change.after.state === 'error');
    site.machine.exit(1);
    await failed;
    expect(supervisor.operations.status().reason).toContain('automatic restart is off');
  });

  it('writes a report of an abnormal end with the status of that moment, and none of an end that was asked for', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    appendFileSync(site.paths.nodeLog, 'Fatal: bad block\n');
    const written = supervisor.next('report-written');
    site.machine.exit('SIGSEGV');
    await written;
    expect(crashReportsOf(site.paths)).toMatchObject([
      {
        schema: 1,
        cause: 'exit',
        reason: expect.stringContaining('ended by SIGSEGV'),
        status: { state: 'crashed', last_exit: { signal: 'SIGSEGV' } },
        last_lines: ['Fatal: bad block'],
      },
    ]);
    await supervisor.operations.stop({});
    await supervisor.started();
    await supervisor.operations.stop({});
    supervisor.end();
    await supervisor.ended;
    expect(crashReportsOf(site.paths)).toHaveLength(1);
  });

  it('tells the journal of each command of the operator', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    await supervisor.operations.restart(startRequestOf());
    await supervisor.operations.reload();
    await supervisor.operations.rotateLog();
    await supervisor.operations.stop({ force: true });
    supervisor.end();
    await supervisor.ended;
    const commands = journalOf(site.paths).filter(({ event }) => event === 'command');
    expect(commands.map(({ command }) => command)).toEqual([
      'start',
      'restart',
      'reload',
      'rotate-log',
      'stop',
    ]);
    expect(commands.at(-1)).toMatchObject({ force: true, timeout_ms: null });
  });

  it('refuses every request once it is ending, and leaves the node', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    supervisor.end();
    const ending = { code: 'ENDING', message: 'the supervisor is ending' };
    await expect(supervisor.operations.stop({})).rejects.toMatchObject(ending);
    await expect(supervisor.operations.reload()).rejects.toMatchObject(ending);
    await supervisor.ended;
    expect(site.machine.nodes()).toHaveLength(1);
    expect(locksIn(site.paths.run)).toEqual([]);
    expect(existsSync(site.paths.socket)).toBe(false);
    expect(journalOf(site.paths).at(-1)).toMatchObject({ event: 'supervisor-ended' });
  });

  it('answers a stop under way with an error when it is ended meanwhile', async () => {
    const site = await fakeSite();
    site.machine.behaviour.ignoresTerm = true;
    const supervisor = await site.supervise();
    await supervisor.started();
    const stop = supervisor.operations.stop({});
    supervisor.end();
    await expect(stop).rejects.toMatchObject({ code: 'DETACHED' });
    await supervisor.ended;
    expect(site.machine.nodes()).toHaveLength(1);
  });

  it('does nothing more to the node after its end', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    supervisor.end();
    await supervisor.ended;
    const events = supervisor.seen.length;
    supervisor.monitor.wantRestart('no answer');
    supervisor.monitor.find({ status: 'unhealthy' });
    site.machine.exit(1);
    await site.machine.clock.advance(60_000);
    expect(site.machine.commands).toHaveLength(1);
    expect(supervisor.seen).toHaveLength(events);
    expect(supervisor.monitor.calls.at(-1)).toBe('disposed');
  });

  it('ends with its node where it is in the background, and not amid a request', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise({ endsWithNode: true });
    await supervisor.started();
    const stopped = await supervisor.operations.stop({});
    expect(stopped.state).toBe('stopped');
    await supervisor.ended;
    expect(locksIn(site.paths.run)).toEqual([]);
  });

  it('stays when its node stops where it is in the foreground', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    await supervisor.operations.stop({});
    expect((await supervisor.operations.start(startRequestOf())).outcome).toBe('started');
  });

  it('leaves the node on detach, and the next one takes it up with its counters', async () => {
    const site = await fakeSite();
    const first = await site.supervise();
    await first.started();
    const { pid } = first.operations.status();
    await first.operations.detach();
    await first.ended;
    const second = await site.supervise();
    expect(second.notices).toEqual([`took over the running node (pid ${pid ?? 0})`]);
    expect(second.operations.status()).toMatchObject({ state: 'running', pid, adopted: true });
    expect(second.monitor.calls).toContain('checking');
    expect(second.monitor.options).toMatchObject({ endpoint: { kind: 'ipc' } });
  });

  it('learns how the node ended that ended while nobody watched, and tells all of it', async () => {
    const site = await fakeSite();
    const first = await site.supervise();
    await first.started();
    await first.dies();
    appendFileSync(site.paths.nodeLog, 'Fatal: unattended\n');
    site.machine.exit(2);
    const second = await site.supervise();
    expect(second.operations.status()).toMatchObject({
      state: 'crashed',
      last_exit: { code: 2, last_line: 'Fatal: unattended' },
    });
    second.end();
    await second.ended;
    expect(crashReportsOf(site.paths)).toMatchObject([
      { cause: 'exit', last_lines: ['Fatal: unattended'] },
    ]);
    expect(journalOf(site.paths)).toContainEqual(
      expect.objectContaining({ event: 'node-exited', code: 2, cause: 'unasked' }),
    );
  });
});

describe('a supervisor whose home was taken from it', () => {
  it('ends with an error and a line in the journal, and leaves the node alone', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const [lock = ''] = locksIn(site.paths.run);
    rmSync(join(site.paths.run, lock));
    const ended = expect(supervisor.ended).rejects.toThrow(/has lost its home: .*lock\.1 has gone/);
    await site.machine.clock.advance(2_000);
    await ended;
    expect(site.machine.nodes()).toHaveLength(1);
    expect(journalOf(site.paths)).toContainEqual(
      expect.objectContaining({
        event: 'notice',
        msg: expect.stringContaining('has lost its home'),
      }),
    );
    const second = await site.supervise();
    expect(second.operations.status()).toMatchObject({ state: 'running', adopted: true });
  });
});

describe('a start of a supervisor that fails', () => {
  it('refuses a state that a later version wrote, changes nothing of it and gives the home back', async () => {
    const site = await fakeSite();
    mkdirSync(site.paths.run, { recursive: true });
    const text = JSON.stringify({ schema: 9, version: '7.0.0' });
    writeFileSync(site.paths.state, text);
    await expect(site.supervise()).rejects.toThrow(
      /schema 9.*wemixvisor 7\.0\.0 wrote it; use that/,
    );
    expect(readFileSync(site.paths.state, 'utf8')).toBe(text);
    expect(locksIn(site.paths.run)).toEqual([]);
  });

  it('refuses where only the copy of the state was written by a later version', async () => {
    const site = await fakeSite();
    mkdirSync(site.paths.run, { recursive: true });
    writeFileSync(site.paths.stateBackup, JSON.stringify({ schema: 9 }));
    await expect(site.supervise()).rejects.toThrow(/backup.*of a later version wrote it/);
  });

  it('says who has the home, and touches nothing', async () => {
    const site = await fakeSite();
    await site.supervise();
    const locks = locksIn(site.paths.run);
    // A supervisor never gives way to its own lock: the second one has another pid.
    await expect(site.supervise({ pid: process.ppid })).rejects.toThrow(HomeHeld);
    expect(locksIn(site.paths.run)).toEqual(locks);
  });

  it('gives the home back where the control socket cannot be made', async () => {
    const site = await fakeSite();
    mkdirSync(site.paths.socket, { recursive: true });
    await expect(site.supervise()).rejects.toThrow();
    expect(locksIn(site.paths.run)).toEqual([]);
    rmSync(site.paths.socket, { recursive: true });
    const supervisor = await site.supervise();
    await supervisor.started();
    expect(supervisor.operations.status().state).toBe('running');
  });

  it('leaves a node that it has taken up already, for the next one', async () => {
    const site = await fakeSite();
    const first = await site.supervise();
    await first.started();
    await first.operations.detach();
    await first.ended;
    mkdirSync(site.paths.socket, { recursive: true });
    await expect(site.supervise()).rejects.toThrow();
    rmSync(site.paths.socket, { recursive: true });
    expect(site.machine.nodes()).toHaveLength(1);
    expect((await site.supervise()).operations.status().adopted).toBe(true);
  });

  it('names the home that cannot be used', async () => {
    const site = await fakeSite();
    mkdirSync(dirname(site.paths.home), { recursive: true });
    const home = `${site.paths.home}\0`;
    await expect(site.supervise({ paths: { ...site.paths, home } })).rejects.toThrow(
      /cannot use .* as the home/,
    );
  });

  it('makes the home its owner’s alone, also one that was open', async () => {
    const site = await fakeSite();
    mkdirSync(site.paths.run, { recursive: true });
    chmodSync(site.paths.home, 0o755);
    chmodSync(site.paths.run, 0o755);
    await site.supervise();
    const modes = [site.paths.home, site.paths.run].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700]);
  });
});
