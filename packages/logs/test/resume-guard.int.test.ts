import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../src/layout.ts';
import { startResumeGuard } from '../src/store/rotate/resume-guard.ts';

const stem = 'node-20260304T091502118Z';
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

async function startGuard(group: number, directory: string) {
  const guard = await startResumeGuard(group, filesOf(directory, 'node'), stem);
  if (guard === null) throw new Error('there is no shell');
  return guard;
}

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
      process.kill(guard.pid, signal);
    }
    await pause(node.group, node.members);
    guard.pipe.destroy();
    for (const pid of node.members) await awake(pid);
  });

  it('ends without doing anything once released', async () => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const files = filesOf(home.path, 'node');
    writeFileSync(files.live, '');
    writeFileSync(files.partial(files.segment(stem)), 'copied');
    writeFileSync(files.journal, `${stem}\n`);
    const guard = await startGuard(node.group, home.path);
    await pause(node.group, node.members);
    guard.release();
    await waitFor(() => !isAlive(guard.pid), { what: 'the guard to end', everyMs });
    expect(node.members.map(stateOf)).toEqual(['T', 'T']);
    expect(existsSync(files.journal)).toBe(true);
  });

  it.each([
    ['was not truncated', 'all of it', stem, { isMoved: false, isJournalLeft: false }],
    ['was truncated', '', `${stem}\n`, { isMoved: true, isJournalLeft: false }],
    [
      'was truncated by a successor',
      '',
      'node-20260304T091502119Z\n',
      { isMoved: false, isJournalLeft: true },
    ],
  ])('settles the files when the live file %s', async (_, live, named, expected) => {
    await using home = await temporaryDirectory();
    using node = await startNode();
    const files = filesOf(home.path, 'node');
    writeFileSync(files.live, live);
    writeFileSync(files.partial(files.segment(stem)), 'copied');
    writeFileSync(files.journal, named);
    const guard = await startGuard(node.group, home.path);
    await pause(node.group, node.members);
    guard.pipe.destroy();
    await awake(node.group);
    const isMoved = existsSync(files.segment(stem));
    expect({ isMoved, isJournalLeft: existsSync(files.journal) }).toEqual(expected);
  });
});
