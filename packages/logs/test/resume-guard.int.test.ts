import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../src/layout.ts';
import { startResumeGuard } from '../src/store/rotate/resume-guard.ts';

const everyMs = 5;

/** Fields of /proc/<pid>/stat after the name: state, parent, process group, session. */
const statOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
const stateOf = (pid: number): string => (isAlive(pid) ? (statOf(pid)[0] ?? '') : 'gone');
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** A node of two processes in a group of its own; disposing kills both. */
async function startNode() {
  const leader = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(leader.stdout, 'data')) as [Buffer];
  const group = leader.pid ?? 0;
  return {
    leader: leader as ChildProcess,
    group,
    members: [group, Number(line.toString())],
    [Symbol.dispose]: () => process.kill(-group, 'SIGKILL'),
  };
}

async function pause(group: number, members: readonly number[]): Promise<void> {
  process.kill(-group, 'SIGSTOP');
  for (const pid of members) {
    await waitFor(() => stateOf(pid) === 'T', { what: `${pid} to stop`, everyMs });
  }
}

const awake = (pid: number) =>
  waitFor(() => ['S', 'R'].includes(stateOf(pid)), { what: `${pid} to run`, everyMs });

/** A guard, and the fence of its pause. */
async function startGuard(group: number, directory: string) {
  const files = filesOf(directory, 'node');
  writeFileSync(files.fence, '');
  const guard = await startResumeGuard(group, files);
  if (guard === null) throw new Error('there is no shell');
  return { ...guard, fence: files.fence };
}

/** The processes whose arguments name a guard of a log. */
const guardsOf = (directory: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isGuardOf(pid, directory))
    .map(Number);
function isGuardOf(pid: string, directory: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return words.includes('wemixvisor-guard') && words.includes(directory);
  } catch {
    return false;
  }
}
/** The processes of a group that have not ended. */
const membersOf = (group: number): readonly string[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && groupOf(pid) === String(group));
function groupOf(pid: string): string {
  try {
    const [state, , group = ''] = statOf(Number(pid));
    return state === 'Z' ? '' : group;
  } catch {
    return '';
  }
}
/** The process by which a guard measures its limit: `sleep` and the seconds. */
const timerOf = (guard: number) =>
  waitFor(
    () => {
      const timers = membersOf(guard).map((pid) => ({ pid: Number(pid), words: wordsOf(pid) }));
      return timers.find(({ words }) => words[0] === 'sleep');
    },
    { what: 'the timer', everyMs },
  );
const wordsOf = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
/** Takes the limit away from a guard: what it does then, it does of itself. */
const holdTimer = async (guard: number) => process.kill((await timerOf(guard)).pid, 'SIGSTOP');

const guardsEnd = (directory: string) =>
  waitFor(() => guardsOf(directory).length === 0, { what: 'the guard to end', everyMs });

describe.runIf(process.platform === 'linux')('the guard', () => {
  it('resumes each process of the group when its pipe closes', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    await pause(node.group, node.members);
    guard.pipe.destroy();
    for (const pid of node.members) await awake(pid);
  });

  it('resumes what is left of the group when its leader is gone', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    const [, member = 0] = node.members;
    node.leader.kill('SIGKILL');
    await once(node.leader, 'exit');
    await pause(node.group, [member]);
    guard.pipe.destroy();
    await awake(member);
  });

  it('lives in a session of its own, and outlives the signals of a terminal', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    const [, , group, session] = statOf(guard.pid).map(Number);
    expect([group, session]).toEqual([guard.pid, guard.pid]);
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'] as const) {
      process.kill(-guard.pid, signal);
    }
    await holdTimer(guard.pid);
    await pause(node.group, node.members);
    guard.pipe.destroy();
    for (const pid of node.members) await awake(pid);
  });

  it('takes the fence away before it resumes', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    await pause(node.group, node.members);
    guard.pipe.destroy();
    await awake(node.group);
    expect(existsSync(guard.fence)).toBe(false);
    await guardsEnd(home.path);
  });

  it('ends at once without doing anything when released', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    await holdTimer(guard.pid);
    await pause(node.group, node.members);
    guard.release();
    await waitFor(() => membersOf(guard.pid).length === 0, { what: 'all of it to end', everyMs });
    expect(node.members.map(stateOf)).toEqual(['T', 'T']);
    expect(existsSync(guard.fence)).toBe(true);
  });

  it('ends the pause after two seconds although its pipe is open', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const start = performance.now();
    const guard = await startGuard(node.group, home.path);
    expect((await timerOf(guard.pid)).words[1]).toBe('2');
    await pause(node.group, node.members);
    for (const pid of node.members) await awake(pid);
    expect(performance.now() - start).toBeGreaterThan(1900);
    expect(existsSync(guard.fence)).toBe(false);
    await guardsEnd(home.path);
  });

  it('ends the pause after two seconds although its shell was killed', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    await pause(node.group, node.members);
    process.kill(guard.pid, 'SIGKILL');
    for (const pid of node.members) await awake(pid);
    await guardsEnd(home.path);
  });

  it('does nothing in a pause that is not its own', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const guard = await startGuard(node.group, home.path);
    rmSync(guard.fence);
    await pause(node.group, node.members);
    guard.pipe.destroy();
    await guardsEnd(home.path);
    expect(node.members.map(stateOf)).toEqual(['T', 'T']);
  });

  it('is ended by the next one, however late it is', async () => {
    await using home = await temporaryDirectory();
    await using other = await temporaryDirectory();
    using node = await startNode();
    const late = await startGuard(node.group, home.path);
    const elsewhere = await startGuard(node.group, other.path);
    await holdTimer(elsewhere.pid);
    process.kill(-late.pid, 'SIGSTOP');
    late.pipe.destroy();
    const next = await startGuard(node.group, home.path);
    await waitFor(() => membersOf(late.pid).length === 0, { what: 'all of it to end', everyMs });
    await holdTimer(next.pid);
    await pause(node.group, node.members);
    expect(guardsOf(home.path)).toContain(next.pid);
    expect(guardsOf(home.path)).not.toContain(late.pid);
    expect(guardsOf(other.path)).toContain(elsewhere.pid);
    expect(node.members.map(stateOf)).toEqual(['T', 'T']);
    elsewhere.release();
    next.release();
  });
});
