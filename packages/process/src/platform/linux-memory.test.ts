import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { linux } from './linux.ts';

/** A machine whose kernel counts and says this. */
async function machine({ group = '', files = {} as Record<string, string>, log = '' }) {
  const directory = await temporaryDirectory();
  const at = (name: string) => join(directory.path, name);
  const write = (name: string, text: string) => {
    mkdirSync(join(at(name), '..'), { recursive: true });
    writeFileSync(at(name), text);
  };
  write('proc/self/cgroup', group);
  write('kmsg', log);
  for (const [name, text] of Object.entries(files)) write(`groups/${name}`, text);
  return {
    platform: linux(at('proc'), { groups: at('groups'), kernelLog: at('kmsg') }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

const node = { pid: 2817, startTime: '60000', bootId: 'boot', executable: '/usr/bin/geth' };
const killed =
  'Out of memory: Killed process 2817 (geth) total-vm:21733412kB, anon-rss:15871512kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:31548kB oom_score_adj:0';

it.each([
  ['2', '0::/system.slice/geth.service\n', 'system.slice/geth.service/memory.events'],
  ['2, its root as a container sees it', '0::/\n', 'memory.events'],
  ['1', '5:cpu,memory:/docker/c0ffee\n0::/\n', 'memory/docker/c0ffee/memory.oom_control'],
])('counts the kills of a control group of version %s', async (_, group, file) => {
  const events = 'low 0\nhigh 0\nmax 71\noom 3\noom_kill 2\noom_group_kill 0\n';
  await using counting = await machine({ group, files: { [file]: events } });
  const kills = counting.platform.memoryKills();
  expect(kills).toEqual({ group: expect.stringMatching(new RegExp(`/groups/${file}$`)), count: 2 });
  await using elsewhere = await machine({ group: '0::/another\n' });
  expect(elsewhere.platform.memoryKills(kills?.group)).toEqual(kills);
});

it('counts none where nobody counts', async () => {
  await using silent = await machine({ group: '0::/\n' });
  expect(silent.platform.memoryKills()).toBeUndefined();
  await using old = await machine({ group: '0::/a\n', files: { 'a/memory.events': 'oom 3\n' } });
  expect(old.platform.memoryKills()).toBeUndefined();
});

it('finds what the kernel says of the kill of a process', async () => {
  const log = [
    '6,1200,599000000,-;Out of memory: Killed process 2817 (mysqld) total-vm:1kB',
    '6,1201,600000000,-;geth invoked oom-killer: gfp_mask=0x140cca, order=0, oom_score_adj=0',
    ' SUBSYSTEM=memory',
    `3,1202,600000001,-;${killed}`,
    '6,1203,600000002,-;Out of memory: Killed process 28170 (geth) total-vm:1kB',
    'not a record',
  ].join('\n');
  await using saying = await machine({ log });
  expect(saying.platform.memoryKillOf(node)).toBe(killed);
});

it.each([
  ['of an earlier process with the same pid', `3,1,599999999,-;${killed}`],
  ['of another process', `3,1,600000001,-;${killed.replace('2817', '2818')}`],
  ['nothing', ''],
])('finds nothing where the kernel speaks %s', async (_, log) => {
  await using saying = await machine({ log });
  expect(saying.platform.memoryKillOf(node)).toBeUndefined();
});

it.runIf(process.platform === 'linux')('reads the log of this machine without waiting', () => {
  // Whether it may be read or not: no process of this test was killed.
  expect(linux().memoryKillOf({ ...node, pid: process.pid })).toBeUndefined();
  expect(execFileSync('cat', ['/proc/self/cgroup'], { encoding: 'utf8' })).toMatch(/^\d+:/);
});
