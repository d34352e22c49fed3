import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { awaitsHandler } from './linux-handlers.ts';
import { memoryGroups, memoryKillOf, memoryKills } from './linux-memory.ts';
import { writersIn } from './linux-writers.ts';
import { readText } from './read-text.ts';
import type { FileDescriptors, Platform, ProcessIdentity, ProcessUsage } from './platform.ts';

/** Processes as Linux shows them under /proc (proc_pid_stat(5)). */
export function linux(
  proc = '/proc',
  { groups = '/sys/fs/cgroup', kernelLog = '/dev/kmsg' } = {},
): Platform {
  let bootId: string | undefined;
  const statOf = (pid: number) => readStart(`${proc}/${pid}/stat`);
  const identified = (pid: number, stat: string | undefined): ProcessIdentity | undefined => {
    const startTime = startTimeIn(stat);
    if (startTime === undefined) return undefined;
    bootId ??= readText(join(proc, 'sys/kernel/random/boot_id'))?.trim() ?? '';
    return { pid, startTime, bootId, executable: link(join(proc, String(pid), 'exe')) };
  };
  let table: ReadonlyMap<number, string | undefined> | undefined;
  /** What every process is, read once in a turn of the event loop: who looks for the rest of a node looks twice, and the node's successor waits. */
  const everybody = () => {
    if (table !== undefined) return table;
    const pids = list(proc).filter((name) => /^\d+$/.test(name));
    queueMicrotask(() => void (table = undefined));
    return (table = new Map(pids.map((pid) => [Number(pid), statOf(Number(pid))])));
  };
  return {
    identify: (pid) => identified(pid, statOf(pid)),
    commandLine: (pid) => readText(join(proc, String(pid), 'cmdline')),
    usage: (pid) => usageIn(statOf(pid), readText(join(proc, String(pid), 'status'))),
    fileDescriptors: (pid) => descriptorsOf(join(proc, String(pid))),
    writersOf(file, since) {
      const own = statOf(process.pid);
      const isLater = (stat: string | undefined) =>
        since === undefined || !(startTicks(stat) < Number(since));
      const pids = [...everybody()].flatMap(([pid, stat]) => (isLater(stat) ? pid : []));
      return writersIn(proc, file, pids).filter((pid) => !isHelper(statOf(pid), own));
    },
    membersOf: (numbers) =>
      [...everybody()].flatMap(([pid, stat]) =>
        isMember(stat, numbers) ? (identified(pid, stat) ?? []) : [],
      ),
    listeningSockets: () => socketsIn(readText(join(proc, 'net/unix'))),
    memoryKills: (group) => memoryKills(group === undefined ? memoryGroups(proc, groups) : [group]),
    memoryKillOf: (process) => memoryKillOf(kernelLog, process),
    awaitsHandler: (pid) => awaitsHandler(proc, pid, list),
    mayExist: () => true, // identify() is cheap here
    identifyEveryMs: 0,
  };
}

/**
 * Field 22 of /proc/PID/stat, in clock ticks since boot; undefined for a zombie or dead process.
 * The name (field 2) may hold blanks and brackets, so fields are counted from its last bracket.
 */
function startTimeIn(stat: string | undefined): string | undefined {
  if (stat === undefined) return undefined;
  const fields = fieldsOf(stat);
  const [state = 'X'] = fields;
  return 'ZXx'.includes(state) ? undefined : fields[19];
}

/** NaN for a process that is gone. */
const startTicks = (stat: string | undefined): number => Number(startTimeIn(stat));

/** Fields 5 and 6 of /proc/PID/stat are the process group and the session. */
function isMember(stat: string | undefined, numbers: readonly number[]): boolean {
  const [group, session] = fieldsOf(stat ?? '')
    .slice(2, 4)
    .map(Number);
  return numbers.some((number) => number === group || number === session);
}

/** A child in our own session helps us, as fallocate(1) does with the log; no node is one, for each has a session. */
function isHelper(stat: string | undefined, own: string | undefined): boolean {
  const [, parent, , session] = fieldsOf(stat ?? '');
  return Number(parent) === process.pid && session === fieldsOf(own ?? '')[3];
}

/** Milliseconds of a clock tick: USER_HZ is 100 on every Linux that Node runs on (time(7)). */
const tickMs = 10;

/** Fields 14 and 15 of /proc/PID/stat are ticks of CPU; a zombie has no VmRSS in /proc/PID/status. */
function usageIn(stat: string | undefined, status: string | undefined): ProcessUsage | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status ?? '')?.[1];
  if (stat === undefined || kilobytes === undefined) return undefined;
  const [user, system] = fieldsOf(stat).slice(11, 13).map(Number);
  if (user === undefined || system === undefined) return undefined;
  return { cpuMs: (user + system) * tickMs, residentBytes: Number(kilobytes) * 1024 };
}

/**
 * `Num RefCount Protocol Flags Type St Inode Path` (proc_net(5)): flag 0x10000 is on where somebody listens (__SO_ACCEPTCON), type 0001 is a
 * stream. An abstract socket has no path; it begins with `@`.
 */
function socketsIn(table: string | undefined): readonly string[] {
  const listening = /^[0-9a-f]+: [0-9A-F]+ [0-9A-F]+ 0001[0-9A-F]{4} 0001 [0-9A-F]+ +\d+ (\/.*)$/;
  return (table ?? '').split('\n').flatMap((line) => listening.exec(line)?.[1] ?? []);
}

function fieldsOf(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** `Max open files  SOFT  HARD  files` in /proc/PID/limits; a process that is gone has no entries, another user's cannot be listed. */
function descriptorsOf(folder: string): FileDescriptors | undefined {
  const limits = readText(join(folder, 'limits'));
  const open = list(join(folder, 'fd')).length;
  if (limits === undefined || open === 0) return undefined;
  const soft = /^Max open files +(\d+)/m.exec(limits)?.[1];
  return { open, limit: soft === undefined ? null : Number(soft) };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** All that is wanted of a stat line is in its first half; there is one buffer, for every process may be looked at. */
const start = Buffer.alloc(1024);

/** Takes three system calls, where readFile takes five: the end of a node is seen by reading hundreds of such files. */
function readStart(file: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    return start.toString('utf8', 0, readSync(descriptor, start));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function link(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null; // another user's process, or a kernel thread
  }
}
