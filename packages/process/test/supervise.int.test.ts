import { execFileSync } from 'node:child_process';
import { openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  program,
  signalProcess,
  temporaryDirectory,
  type ProgramName,
  waitFor,
} from '@wemixvisor/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type LifecycleRecord,
  type NodeCommand,
  parseLifecycleRecord,
  stopVerifiedNode,
  supervise,
  type SuperviseOptions,
  type Supervision,
} from '../src/index.ts';
import { identifyProcess } from '../src/process-identity.ts';

const policy: SuperviseOptions['policy'] = {
  restartDelayMs: 20,
  stopTimeoutMs: 9_000,
};
const env = { PATH: '/usr/bin:/bin' };
const sh = (script: string, ...args: string[]): NodeCommand => ({
  file: '/bin/sh',
  args: ['-c', script, 'node', ...args],
  env,
  cwd: '/',
});
const run = (name: ProgramName, ...args: string[]): NodeCommand => ({
  file: process.execPath,
  args: [program(name), ...args],
  env,
  cwd: '/',
});

describe('supervise', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let record: LifecycleRecord | undefined;
  const present: Supervision[] = [];

  const path = (name: string) => join(directory.path, name);
  const log = () => readFileSync(path('node.log'), 'utf8');
  const says = (text: string) =>
    waitFor(() => log().includes(text), { what: `${text} in the log` });
  const gone = (pid: number | null) =>
    waitFor(() => identifyProcess(pid ?? 0) === undefined, { what: `the end of ${pid}` });
  const persist = (next: LifecycleRecord): void => {
    record = parseLifecycleRecord(JSON.parse(JSON.stringify(next)));
  };
  const take = async (changes: Partial<SuperviseOptions> = {}): Promise<Supervision> => {
    const node = await supervise({
      runDirectory: path('run'),
      policy,
      openLog: () => openSync(path('node.log'), 'a'),
      persist,
      ...changes,
    });
    present.push(node);
    return node;
  };

  beforeEach(async () => {
    directory = await temporaryDirectory();
    record = undefined;
  });
  afterEach(async () => {
    for (const node of present.splice(0)) node.dispose();
    if (record !== undefined) {
      await stopVerifiedNode(record, { runDirectory: path('run'), policy, persist, force: true });
    }
    await directory[Symbol.asyncDispose]();
  });

  it('runs the node under the recorded pid and stops it with one SIGTERM', async () => {
    const node = await take();
    await node.start(run('ready'));
    const { pid, state, generation } = node.snapshot;
    await says('ready');
    expect(state).toBe('starting');
    expect(identifyProcess(pid ?? 0)?.executable).toContain('node');
    node.ready(generation);
    expect(node.snapshot.state).toBe('running');
    expect(await node.stop()).toMatchObject({
      state: 'stopped',
      pid: null,
      lastExit: { code: 0, signal: null, cause: 'asked' },
    });
    expect(identifyProcess(pid ?? 0)).toBeUndefined();
    expect(log()).toBe('ready\n');
  });

  it('keeps its folder and its record to itself', async () => {
    const node = await take();
    await node.start(sh('exec sleep 60'));
    expect(statSync(path('run')).mode & 0o777).toBe(0o700);
    expect(statSync(path('run/node-1.exit')).mode & 0o777).toBe(0o600);
  });

  it('restarts a crashing node with growing pauses until the budget is spent', async () => {
    const node = await take({ policy: { ...policy, maxRestarts: 2 } });
    await node.start(run('crashes', '7'));
    await waitFor(() => node.snapshot.state === 'error', { what: 'the end of the budget' });
    expect(log()).toBe('ready\n'.repeat(3));
    expect(node.snapshot).toMatchObject({
      restarts: { crash: 2, health: 0, operator: 0 },
      lastExit: { code: 7, signal: null, cause: 'unasked' },
    });
  });

  it('leaves a node alone that ended well by itself', async () => {
    const node = await take();
    await node.start(run('exits-cleanly'));
    await waitFor(() => node.snapshot.state === 'stopped');
    expect(node.snapshot.reason).toBe('the node ended by itself: exit code 0');
  });

  it('kills a deaf node and all it started once the grace period is over', async () => {
    const node = await take();
    await node.start(run('spawns-child'));
    await says('ready');
    const child = Number(/child (\d+)/.exec(log())?.[1]);
    const { lastExit } = await node.stop({ timeoutMs: 50 });
    expect(lastExit).toMatchObject({ code: null, signal: 'SIGKILL', cause: 'grace-period' });
    await gone(child);
  });

  it('kills at once when it is forced', async () => {
    const node = await take();
    await node.start(run('ignores-sigterm'));
    await says('ready');
    const stopped = node.stop();
    await says('SIGTERM');
    void node.stop({ force: true });
    expect((await stopped).lastExit).toMatchObject({ signal: 'SIGKILL', cause: 'forced' });
    expect(log()).toBe('ready\nSIGTERM\n');
  });

  it('adopts the node of an earlier supervisor and sees its exit code', async () => {
    const command = sh('trap "exit 5" USR1; echo up; while :; do sleep 0.02; done');
    const first = await take();
    await first.start(command);
    first.ready(1);
    const { pid, startedAt } = first.snapshot;
    await says('up');
    first.detach();
    const second = await take({ record });
    expect(second.snapshot).toMatchObject({ state: 'running', pid, startedAt, adopted: true });
    signalProcess(pid, 'SIGUSR1');
    await waitFor(() => second.snapshot.lastExit?.code === 5, { what: 'its exit code' });
  });

  it('learns how a node ended while no supervisor was there', async () => {
    const command = sh('while ! [ -e "$1" ]; do sleep 0.02; done; kill -SEGV $$', path('go'));
    const first = await take();
    await first.start(command);
    const { pid } = first.snapshot;
    first.detach();
    writeFileSync(path('go'), '');
    await gone(pid);
    const second = await take({ record, policy: { ...policy, restart: 'never' } });
    expect(second.snapshot).toMatchObject({ state: 'error', lastExit: { signal: 'SIGSEGV' } });
  });

  it('goes on without its recorder, and then does not pretend to know the exit status', async () => {
    const node = await take();
    await node.start(sh('trap "exit 5" USR1; echo up; while :; do sleep 0.02; done'));
    await says('up');
    const { pid } = node.snapshot;
    const recorder = record?.state === 'starting' ? record.run?.recorder.pid : undefined;
    signalProcess(recorder, 'SIGKILL');
    await gone(recorder ?? 0);
    expect(node.snapshot).toMatchObject({ state: 'starting', pid });
    node.setPolicy({ ...policy, restart: 'never' });
    signalProcess(pid, 'SIGUSR1');
    await waitFor(() => node.snapshot.state === 'error');
    expect(node.snapshot).toMatchObject({
      reason: 'ended, exit status unknown; automatic restart is off',
      lastExit: { code: null, signal: null },
    });
  });

  it('never signals a process that bears the recorded pid by chance', async () => {
    const node = await take();
    await node.start(sh('exec sleep 60'));
    const { pid } = node.snapshot;
    node.detach();
    if (record?.state !== 'starting' || record.run === null) throw new Error('not starting');
    const { identity, recorder } = record.run;
    const forged = {
      ...record.run,
      identity: { ...identity, startTime: '1' },
      recorder: { ...recorder, startTime: '1' },
    };
    const stranger: LifecycleRecord = { ...record, state: 'running', run: forged };
    const options = { runDirectory: path('run'), policy, persist: () => undefined };
    const { snapshot } = await stopVerifiedNode(stranger, { ...options, force: true });
    expect(snapshot.state).toBe('stopped');
    expect(identifyProcess(pid ?? 0)).toMatchObject({ startTime: identity.startTime });
    node.dispose();
    signalProcess(pid, 'SIGKILL');
  });

  it('goes to error at once when the program is missing', async () => {
    const node = await take();
    await node.start({ ...sh(''), file: '/no/such/geth' });
    expect(node.snapshot).toMatchObject({
      state: 'error',
      reason: 'there is no program /no/such/geth',
    });
  });

  it('pauses and resumes the node', async () => {
    const node = await take();
    await node.start(run('ready'));
    await says('ready');
    const paused = () =>
      execFileSync('ps', ['-o', 'stat=', '-p', String(node.snapshot.pid)], { encoding: 'utf8' })
        .trim()
        .startsWith('T');
    expect(node.signalGroup('SIGSTOP')).toBe(true);
    await waitFor(paused, { what: 'the pause' });
    expect(node.signalGroup('SIGCONT')).toBe(true);
    await waitFor(() => !paused(), { what: 'the end of the pause' });
  });

  it('learns the end of a node that was killed while it was paused, once it is resumed', async () => {
    const node = await take({ policy: { ...policy, restart: 'never' } });
    await node.start(sh('exec sleep 60'));
    const { pid } = node.snapshot;
    expect(node.signalGroup('SIGSTOP')).toBe(true);
    signalProcess(pid, 'SIGKILL');
    await gone(pid);
    expect(node.signalGroup('SIGCONT')).toBe(true);
    await waitFor(() => node.snapshot.state === 'error', { what: 'the end to be seen' });
    expect(node.snapshot.lastExit).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('restarts at the wish of the operator and counts it apart', async () => {
    const node = await take();
    await node.start(sh('exec sleep 60'));
    const { pid } = node.snapshot;
    expect(await node.restart({ cause: 'operator' })).toBe('accepted');
    await waitFor(() => node.snapshot.state === 'starting' && node.snapshot.pid);
    expect(node.snapshot.pid).not.toBe(pid);
    expect(node.snapshot.restarts).toEqual({ crash: 0, health: 0, operator: 1 });
  });
});
