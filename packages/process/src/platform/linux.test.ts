import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { linux } from './linux.ts';

/** A process as /proc shows it; fields 4 to 21 do not matter here. */
const stat = (name: string, state: string, startTime: string) =>
  `42 (${name}) ${state} ${'0 '.repeat(18)}${startTime} 0 0\n`;

async function proc(text: string) {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory.path, '42'));
  mkdirSync(join(directory.path, 'sys/kernel/random'), { recursive: true });
  writeFileSync(join(directory.path, 'sys/kernel/random/boot_id'), 'c0ffee\n');
  writeFileSync(join(directory.path, '42/stat'), text);
  return {
    directory,
    platform: linux(directory.path),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

it('reads start time, boot and executable', async () => {
  await using machine = await proc(stat('geth', 'S', '987654'));
  symlinkSync('/usr/bin/geth (deleted)', join(machine.directory.path, '42/exe'));
  expect(machine.platform.identify(42)).toEqual({
    pid: 42,
    startTime: '987654',
    bootId: 'c0ffee',
    executable: '/usr/bin/geth (deleted)',
  });
});

it('counts fields from the last bracket, whatever a program calls itself', async () => {
  await using machine = await proc(stat('a) R 1 2 (', 'S', '55'));
  expect(machine.platform.identify(42)).toMatchObject({ startTime: '55', executable: null });
});

it.each(['Z', 'X'])('takes a process in state %s for gone', async (state) => {
  await using machine = await proc(stat('geth', state, '55'));
  expect(machine.platform.identify(42)).toBeUndefined();
});

it.each(['', 'garbage', '42 (geth) S 1'])('takes an unreadable entry %j for gone', async (text) => {
  await using machine = await proc(text);
  expect(machine.platform.identify(42)).toBeUndefined();
});

it('knows no process and no arguments where there is no entry', async () => {
  await using machine = await proc(stat('geth', 'S', '55'));
  expect(machine.platform.identify(43)).toBeUndefined();
  expect(machine.platform.commandLine(43)).toBeUndefined();
});

it('reads the arguments of a process', async () => {
  await using machine = await proc(stat('geth', 'S', '55'));
  writeFileSync(join(machine.directory.path, '42/cmdline'), 'geth\0--http\0');
  expect(machine.platform.commandLine(42)).toBe('geth\0--http\0');
});

it('has no cheaper look than the full one, which it never leaves out', async () => {
  await using machine = await proc(stat('geth', 'S', '55'));
  expect(machine.platform.mayExist(43)).toBe(true);
  expect(machine.platform.identifyEveryMs).toBe(0);
});

it('knows no boot where the kernel tells none', async () => {
  await using machine = await proc(stat('geth', 'S', '55'));
  rmSync(join(machine.directory.path, 'sys'), { recursive: true });
  expect(machine.platform.identify(42)).toMatchObject({ startTime: '55', bootId: '' });
});

it.each([
  ['Name:\tgeth\n', 'no memory is told, as of a zombie'],
  ['HugeVmRSS:\t2048 kB\n', 'another kind of memory is told'],
  ['VmRSS:\t2048 kBit\n', 'the unit is another'],
])('gives no usage where %j: %s', async (status) => {
  await using machine = await proc(`42 (a) S 1 42 42 0 -1 4194560 9 0 0 0 150 25 0\n`);
  writeFileSync(join(machine.directory.path, '42/status'), status);
  expect(machine.platform.usage(42)).toBeUndefined();
});

it('gives no usage where the counts of CPU are missing', async () => {
  await using machine = await proc('42 (a) S 1 42 42 0 -1 4194560 9 0 0 0 150');
  writeFileSync(join(machine.directory.path, '42/status'), 'VmRSS:\t2048 kB\n');
  expect(machine.platform.usage(42)).toBeUndefined();
});

it('reads what a process has used, and nothing of one that is gone', async () => {
  const line = '42 (a) b) S 1 42 42 0 -1 4194560 9 0 0 0 150 25 0 0 20 0 9 0 987654 1 1';
  await using machine = await proc(line);
  expect(machine.platform.usage(42)).toBeUndefined();
  writeFileSync(join(machine.directory.path, '42/status'), 'Name:\ta) b\nVmRSS:\t   2048 kB\n');
  expect(machine.platform.usage(42)).toEqual({ cpuMs: 1750, residentBytes: 2_097_152 });
  expect(machine.platform.usage(43)).toBeUndefined();
  rmSync(join(machine.directory.path, '42/stat'));
  expect(machine.platform.usage(42)).toBeUndefined();
});

it.runIf(process.platform === 'linux')('finds that this process has used something', () => {
  const { cpuMs = 0, residentBytes = 0 } = linux().usage(process.pid) ?? {};
  expect(cpuMs).toBeGreaterThan(0);
  expect(residentBytes).toBeGreaterThan(10_000_000);
});

/** A /proc with processes by pid: group, session, state and start time. */
async function crowd(all: Record<number, readonly [number, number, string, string]>) {
  const machine = await proc(stat('geth', 'S', '55'));
  for (const [pid, [group, session, state, start]] of Object.entries(all)) {
    const folder = join(machine.directory.path, pid);
    mkdirSync(join(folder, 'fd'), { recursive: true });
    mkdirSync(join(folder, 'fdinfo'));
    const rest = `${'0 '.repeat(15)}${start} 0`;
    writeFileSync(join(folder, 'stat'), `${pid} (a) b) ${state} 1 ${group} ${session} ${rest}\n`);
    symlinkSync('/logs/node.log', join(folder, 'fd/1'));
    writeFileSync(join(folder, 'fdinfo/1'), 'flags:\t0102001\n');
  }
  return machine;
}

it('finds the members of a session or of a group, zombies left out', async () => {
  await using machine = await crowd({
    100: [100, 100, 'S', '10'],
    101: [100, 100, 'R', '11'],
    102: [102, 100, 'T', '12'],
    103: [101, 99, 'S', '13'],
    104: [100, 100, 'Z', '14'],
    105: [105, 105, 'S', '15'],
    106: [1, 1, 'S', '16'],
  });
  const pids = (numbers: readonly number[]) =>
    machine.platform.membersOf(numbers).map(({ pid, startTime }) => [pid, startTime]);
  expect(pids([100, 101])).toEqual([
    [100, '10'],
    [101, '11'],
    [102, '12'],
    [103, '13'],
  ]);
  expect(pids([105])).toEqual([[105, '15']]);
  expect(pids([])).toEqual([]);
  expect(machine.platform.membersOf([105])[0]).toEqual(machine.platform.identify(105));
  expect(linux('/nowhere/proc').membersOf([100])).toEqual([]);
});

it('leaves out of the writers to a file who began before a time', async () => {
  await using machine = await crowd({
    100: [1, 1, 'S', '99'],
    101: [1, 1, 'S', '100'],
    102: [1, 1, 'S', '1000'],
  });
  const { platform } = machine;
  expect(platform.writersOf('/logs/node.log', '100')).toEqual([101, 102]);
  expect(platform.writersOf('/logs/node.log')).toEqual([100, 101, 102]);
});

it('leaves out of the writers the helpers of this process: its children in its own session', async () => {
  await using machine = await crowd({
    [process.pid]: [9, 9, 'S', '1'],
    100: [9, 9, 'S', '10'],
    101: [101, 101, 'S', '10'],
    102: [9, 9, 'S', '10'],
  });
  for (const pid of [100, 101]) {
    const file = join(machine.directory.path, String(pid), 'stat');
    writeFileSync(file, readFileSync(file, 'utf8').replace(' S 1 ', ` S ${process.pid} `));
  }
  expect(machine.platform.writersOf('/logs/node.log')).toEqual([101, 102]);
});

it.runIf(process.platform === 'linux')('finds this process among those of its session', () => {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
  expect(linux().membersOf([session])).toContainEqual(linux().identify(process.pid));
});

it('tells the paths of streams that somebody listens on, blanks and all', async () => {
  await using machine = await proc('');
  mkdirSync(join(machine.directory.path, 'net'));
  const lines = [
    'Num       RefCount Protocol Flags    Type St Inode Path',
    '00000000c6c01634: 00000002 00000000 00010000 0001 01 9382648 /srv/my home/run/control.sock',
    '00000000c6c01635: 00000003 00000000 00000000 0001 03 9382649 /srv/connected.sock',
    '00000000c6c01636: 00000002 00000000 00000000 0002 01  1061 /run/datagrams',
    '00000000c6c01637: 00000002 00000000 00010000 0001 01  1062 @abstract',
    '00000000c6c01638: 00000002 00000000 00010000 0001 01 9382650',
  ];
  writeFileSync(join(machine.directory.path, 'net/unix'), `${lines.join('\n')}\n`);
  expect(machine.platform.listeningSockets()).toEqual(['/srv/my home/run/control.sock']);
  expect(linux('/nowhere').listeningSockets()).toEqual([]);
});

it.each([
  ['Max open files            1024                 524288               files', 1_024],
  ['Max open files            unlimited            unlimited            files', null],
])('counts open descriptors: %s', async (line, limit) => {
  await using machine = await proc(stat('geth', 'S', '55'));
  const folder = join(machine.directory.path, '42');
  expect(machine.platform.fileDescriptors(42)).toBeUndefined();
  writeFileSync(join(folder, 'limits'), `Limit Soft Limit Hard Limit Units\n${line}\n`);
  expect(machine.platform.fileDescriptors(42)).toBeUndefined();
  mkdirSync(join(folder, 'fd'));
  for (const name of ['0', '1', '17']) writeFileSync(join(folder, 'fd', name), '');
  expect(machine.platform.fileDescriptors(42)).toEqual({ open: 3, limit });
});

it('reads what every process is once in a turn of the event loop, and anew in the next', async () => {
  await using machine = await proc(`42 (geth) S 1 42 42 ${'0 '.repeat(15)}55 0 0\n`);
  const members = () => machine.platform.membersOf([42]).map(({ pid }) => pid);
  expect(members()).toEqual([42]);
  rmSync(join(machine.directory.path, '42/stat'));
  expect(members()).toEqual([42]);
  await Promise.resolve();
  expect(members()).toEqual([]);
});
