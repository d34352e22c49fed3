import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  defaultRestartPolicy,
  identifyProcess,
  parseLifecycleRecord,
  supervise,
  type LifecycleRecord,
  type NodeCommand,
  type RestartPolicy,
  type Supervision,
} from '../src/index.ts';

const sh = (script: string, ...args: string[]): NodeCommand => ({
  file: '/bin/sh',
  args: ['-c', script, 'node', ...args],
  env: { PATH: '/usr/bin:/bin' },
  cwd: '/',
});
const policy: RestartPolicy = { ...defaultRestartPolicy, restartDelayMs: 20, stopTimeoutMs: 5_000 };

describe('supervise', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let record: LifecycleRecord | undefined;
  const open: Supervision[] = [];

  const logFile = () => join(directory.path, 'node.log');
  const log = () => readFileSync(logFile(), 'utf8');
  const take = async (changes: Partial<Parameters<typeof supervise>[0]> = {}) => {
    const node = await supervise({
      runDirectory: join(directory.path, 'run'),
      policy,
      openLog: () => openSync(logFile(), 'a'),
      persist: (next) => (record = parseLifecycleRecord(JSON.parse(JSON.stringify(next)))),
      ...changes,
    });
    open.push(node);
    return node;
  };

  beforeEach(async () => {
    directory = await temporaryDirectory();
    record = undefined;
  });
  afterEach(async () => {
    for (const node of open.splice(0)) {
      await node.stop({ force: true }).catch(() => undefined);
      node.dispose();
    }
    await directory[Symbol.asyncDispose]();
  });

  it('runs the node under the recorded pid and stops it with one SIGTERM', async () => {
    const node = await take();
    await node.start(sh('echo "pid $$ $1"; exec sleep 60', ''));
    const { pid, state, generation } = node.snapshot;
    await waitFor(() => log().includes(`pid ${pid} `), { what: 'the node in its log' });
    expect(state).toBe('starting');
    node.ready(generation);
    expect(node.snapshot.state).toBe('running');
    expect(await node.stop()).toMatchObject({
      state: 'stopped',
      pid: null,
      lastExit: { code: null, signal: 'SIGTERM', asked: true, forced: false },
    });
    expect(identifyProcess(pid ?? 0)).toBeUndefined();
  });

  it('restarts a crashing node with growing pauses until the budget is spent', async () => {
    const node = await take({ policy: { ...policy, maxRestarts: 2 } });
    await node.start(sh('echo once more; exit 7'));
    await waitFor(() => node.snapshot.state === 'error', { what: 'the end of the budget' });
    expect(log()).toBe('once more\n'.repeat(3));
    expect(node.snapshot).toMatchObject({
      restarts: { crash: 2, health: 0, operator: 0 },
      lastExit: { code: 7, signal: null, asked: false },
    });
  });

  it('kills a node that ignores SIGTERM once the grace period is over', async () => {
    const node = await take();
    await node.start(sh('trap "" TERM; echo deaf; while :; do sleep 1; done'));
    await waitFor(() => log().includes('deaf'));
    const { lastExit } = await node.stop({ timeoutMs: 50 });
    expect(lastExit).toMatchObject({ signal: 'SIGKILL', forced: true, asked: true });
  });

  it('adopts the node of an earlier supervisor and sees its exit code', async () => {
    const command = sh('trap "exit 5" USR1; echo up; while :; do sleep 0.02; done');
    const first = await take();
    await first.start(command);
    first.ready(1);
    const { pid } = first.snapshot;
    await waitFor(() => log().includes('up'));
    first.detach();
    const second = await take({ record, command });
    expect(second.snapshot).toMatchObject({ state: 'running', pid, adopted: true });
    process.kill(pid ?? 0, 'SIGUSR1');
    await waitFor(() => second.snapshot.lastExit?.code === 5, { what: 'its exit code' });
  });

  it('learns how a node ended while no supervisor was there', async () => {
    const command = sh('echo up; read x < "$1"; exit 3', '/dev/null');
    const first = await take();
    await first.start(
      sh('while ! [ -e "$1" ]; do sleep 0.02; done; exit 3', join(directory.path, 'go')),
    );
    first.ready(1);
    const { pid } = first.snapshot;
    first.detach();
    openSync(join(directory.path, 'go'), 'w');
    await waitFor(() => identifyProcess(pid ?? 0) === undefined);
    const second = await take({ record, command, policy: { ...policy, restart: 'never' } });
    expect(second.snapshot).toMatchObject({ state: 'error', lastExit: { code: 3 } });
  });

  it('goes to error at once when the program is missing', async () => {
    const node = await take();
    await node.start({ ...sh(''), file: '/no/such/geth' });
    expect(node.snapshot).toMatchObject({
      state: 'error',
      reason: 'there is no program /no/such/geth',
    });
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
