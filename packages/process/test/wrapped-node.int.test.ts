import { execFileSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
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
  isNodeAlive,
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

/** The pid of the process with this very command line. */
function pidOf(...words: readonly string[]): number {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const found = lines.map((line) => /^\s*(\d+) (.*)$/.exec(line) ?? []);
  const [, pid] = found.find(([, , command]) => command === words.join(' ')) ?? [];
  if (pid === undefined) throw new Error(`no process ${words.join(' ')}`);
  return Number(pid);
}

const plain = '"$@"';

describe('a node behind a wrapper script', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let record: LifecycleRecord | undefined;
  let left: readonly number[] = [];
  const present: Supervision[] = [];

  const path = (name: string) => join(directory.path, name);
  const log = () => readFileSync(path('node.log'), 'utf8');
  const says = (text: string) =>
    waitFor(() => log().includes(text), { what: `${text} in the log` });
  const isAlive = (pid: number) => identifyProcess(pid) !== undefined;
  const persist = (next: LifecycleRecord): void => {
    record = parseLifecycleRecord(JSON.parse(JSON.stringify(next)));
  };
  const place = () => ({ runDirectory: path('run'), logFile: path('node.log'), policy, persist });
  const take = async (changes: Partial<Parameters<typeof supervise>[0]> = {}) => {
    const openLog = () => openSync(path('node.log'), 'a');
    const node = await supervise({ ...place(), openLog, record, ...changes });
    present.push(node);
    return node;
  };
  /** The last word tells it from the nodes of other tests. */
  const node = (name: ProgramName) => [process.execPath, program(name), directory.path];
  /** A wrapper without exec, which runs the node as `"$@"`. */
  const wrapped = (script: string, name: ProgramName): NodeCommand => ({
    file: '/bin/sh',
    args: ['-c', `${script}\nexit $?`, 'wrapper', ...node(name)],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
  });
  /** Else the child might not have left the session when its wrapper ends. */
  const untilReady = () => `until grep -q ready '${path('node.log')}'; do sleep 0.02; done; exit 0`;
  const up = async (script: string, name: ProgramName) => {
    const supervision = await take();
    await supervision.start(wrapped(script, name));
    supervision.ready(supervision.snapshot.generation);
    await says('ready');
    const pid = pidOf(...node(name));
    left = [...left, pid];
    return { node: supervision, pid, wrapper: supervision.snapshot.pid ?? 0 };
  };

  beforeEach(async () => {
    directory = await temporaryDirectory();
    record = undefined;
  });
  afterEach(async () => {
    for (const node of present.splice(0)) node.dispose();
    for (const pid of left.filter(isAlive)) signalProcess(pid, 'SIGKILL');
    await waitFor(() => !left.some(isAlive), { what: 'the end of all' });
    left = [];
    if (record !== undefined) await stopVerifiedNode(record, { ...place(), force: true });
    await directory[Symbol.asyncDispose]();
  });

  it.each([
    ['a plain one', plain],
    ['one in another', `sh -c '"$@"; exit $?' inner "$@"`],
    ['one with timeout in it', 'timeout 60 "$@"'],
    ['one that puts the node in a group of its own', 'set -m; "$@" & wait'],
  ])('is stopped with all that it started: %s', async (_, script) => {
    const { node, pid, wrapper } = await up(script, 'ready');
    expect(pid).not.toBe(wrapper);
    const stopped = await node.stop();
    expect([pid, wrapper].filter(isAlive)).toEqual([]);
    expect(stopped).toMatchObject({ state: 'stopped', pid: null, lastExit: { cause: 'asked' } });
    expect(stopped.reason).toMatch(
      new RegExp(`^stopped by the operator; its first process was outlived by .*node \\(${pid}\\)`),
    );
  });

  it('signals each of them once', async () => {
    const { node, pid } = await up(plain, 'ignores-sigterm');
    const stopped = node.stop();
    await says('SIGTERM');
    await waitFor(() => node.snapshot.pid === pid, { what: 'the survivor to be known' });
    expect(node.snapshot).toMatchObject({ state: 'stopping', nextAction: { what: 'kill' } });
    expect(node.snapshot.reason).toContain(`node (${pid}), which was asked to end too`);
    void node.stop({ force: true });
    expect((await stopped).lastExit).toMatchObject({ signal: 'SIGTERM', cause: 'forced' });
    expect(isAlive(pid)).toBe(false);
    expect(log()).toBe('ready\nSIGTERM\n');
  });

  it('leaves the signal to a wrapper that passes it on', async () => {
    const forwards = `trap 'kill -TERM $node; wait $node' TERM; "$@" & node=$!; wait $node`;
    const { node, pid } = await up(forwards, 'ready');
    const stopped = await node.stop();
    expect(isAlive(pid)).toBe(false);
    expect(stopped.reason).toBe('stopped by the operator');
  });

  it('is killed with all that it started when the grace period of the stop is over', async () => {
    const { node, pid } = await up(plain, 'ignores-sigterm');
    const stopped = await node.stop({ timeoutMs: 300 });
    expect(isAlive(pid)).toBe(false);
    expect(stopped).toMatchObject({ state: 'stopped', lastExit: { cause: 'grace-period' } });
  });

  it('is not started again before nobody is left, when the wrapper was killed', async () => {
    const { node, pid, wrapper } = await up(plain, 'ready');
    const states: string[] = [];
    const lived: boolean[] = [];
    node.subscribe(({ after }) => {
      states.push(after.state);
      lived.push(isAlive(pid));
    });
    signalProcess(wrapper, 'SIGKILL');
    await waitFor(() => node.snapshot.generation === 2 && node.snapshot.pid !== null);
    left = [...left, node.snapshot.pid ?? 0];
    expect(states.slice(0, 3)).toEqual(['stopping', 'crashed', 'starting']);
    expect(lived.slice(1)).not.toContain(true);
    expect(node.snapshot).toMatchObject({
      restarts: { crash: 1 },
      lastExit: { signal: 'SIGKILL', cause: 'unasked' },
    });
    await node.stop();
  });

  describe('whose supervisor and wrapper are gone', () => {
    const orphaned = async () => {
      const { node, pid, wrapper } = await up(plain, 'ready');
      node.dispose();
      signalProcess(wrapper, 'SIGKILL');
      await waitFor(() => !isAlive(wrapper), { what: 'the end of the wrapper' });
      return pid;
    };

    it('is alive', async () => {
      const pid = await orphaned();
      const run = record !== undefined && 'run' in record ? record.run : null;
      if (run === null) throw new Error('no run');
      expect(isNodeAlive(run)).toBe(true);
      signalProcess(pid, 'SIGKILL');
      // The recorder's own look at a signal is of the session too, for a moment.
      await waitFor(() => !isNodeAlive(run), { what: 'the end of the node' });
      expect(isAlive(pid)).toBe(false);
    });

    it('is asked to end by the next supervisor, which then restarts it', async () => {
      const pid = await orphaned();
      const node = await take();
      expect(node.snapshot).toMatchObject({ state: 'stopping', pid, generation: 1 });
      await waitFor(() => node.snapshot.generation === 2 && node.snapshot.pid !== null);
      left = [...left, node.snapshot.pid ?? 0];
      expect(isAlive(pid)).toBe(false);
      await node.stop();
    });

    it('is stopped without a supervisor', async () => {
      const pid = await orphaned();
      if (record === undefined) throw new Error('no record');
      const { snapshot } = await stopVerifiedNode(record, place());
      expect(snapshot).toMatchObject({ state: 'stopped' });
      expect(snapshot.reason).toContain(`node (${pid})`);
      expect(isAlive(pid)).toBe(false);
    });
  });

  it.runIf(existsSync('/usr/bin/setsid'))(
    'is an error that is said when it made itself a daemon, and nobody signals it',
    async () => {
      const supervision = await take();
      await supervision.start(wrapped(`setsid "$@" & ${untilReady()}`, 'ignores-sigterm'));
      await says('ready');
      await waitFor(() => supervision.snapshot.state === 'error', {
        what: 'the daemon to be seen',
      });
      const pid = pidOf(...node('ignores-sigterm'));
      left = [pid];
      const told = `node (${pid}) left the session of the node and still writes to its log`;
      expect(supervision.snapshot.reason).toContain(told);

      await supervision.start(wrapped(plain, 'ready'));
      expect(supervision.snapshot).toMatchObject({ state: 'error', pid: null });
      expect(supervision.snapshot.reason).toContain(told);
      const refused = { code: 'NODE_UNKNOWN', message: expect.stringContaining(`${pid}`) };
      await expect(supervision.stop()).rejects.toMatchObject(refused);
      expect(supervision.snapshot.state).toBe('error');
      supervision.dispose();
      await expect(take()).rejects.toMatchObject(refused);
      if (record === undefined) throw new Error('no record');
      await expect(stopVerifiedNode(record, place())).rejects.toMatchObject(refused);
      expect(record.state).toBe('error');
      expect(log()).toBe('ready\n');

      signalProcess(pid, 'SIGKILL');
      await waitFor(() => !isAlive(pid), { what: 'the end of the daemon' });
      const next = await take();
      await next.start(wrapped(plain, 'ready'));
      expect(next.snapshot.state).toBe('starting');
      await next.stop();
    },
  );
});
