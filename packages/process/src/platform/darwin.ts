import { execFileSync } from 'node:child_process';
import type { Platform, ProcessIdentity, ProcessUsage } from './platform.ts';

/** Runs a program and gives its standard output; undefined when it fails. */
export type Query = (file: string, args: readonly string[]) => string | undefined;

/**
 * Processes as macOS shows them through ps(1) and sysctl(8): there is no /proc. A start time has a resolution of one
 * second, so a pid used again within that second is not told apart; macOS hands out pids in a circle of 99,999.
 */
export function darwin(query: Query = run, exists: (pid: number) => boolean = hasPid): Platform {
  let bootId: string | undefined;
  const identified = (pid: number, line: string | undefined): ProcessIdentity | undefined => {
    const seen = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d{4})\s+(.*\S)\s*$/.exec(line ?? '');
    if (seen === null) return undefined;
    const [, state = '', start = '', executable = ''] = seen;
    if (state.startsWith('Z')) return undefined;
    bootId ??= query('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'])?.trim() ?? '';
    return { pid, startTime: start.replace(/\s+/g, ' '), bootId, executable };
  };
  return {
    identify: (pid) =>
      identified(pid, query('/bin/ps', ['-o', 'state=,lstart=,comm=', '-p', String(pid)])),
    commandLine: (pid) => query('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)]),
    usage: (pid) => usageIn(query('/bin/ps', ['-o', 'time=,rss=', '-p', String(pid)])),
    // lsof(8) takes long.
    fileDescriptors: () => undefined,
    writersOf: (file) => writersIn(query('/usr/sbin/lsof', ['-w', '-F', 'pfa', '--', file])),
    membersOf: (numbers) =>
      (query('/bin/ps', ['-axo', 'pgid=,pid=,state=,lstart=,comm=']) ?? '')
        .split('\n')
        .flatMap((line) => {
          const [, group = '', pid = '', rest = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
          return numbers.includes(Number(group)) ? (identified(Number(pid), rest) ?? []) : [];
        }),
    listeningSockets: () => socketsIn(query('/usr/sbin/netstat', ['-n', '-a', '-f', 'unix'])),
    // macOS asks a process to free memory, or kills it, without a record that others may read.
    memoryKills: () => undefined,
    memoryKillOf: () => undefined,
    // The masks of threads are not shown to others.
    awaitsHandler: () => false,
    mayExist: exists,
    identifyEveryMs: 5_000,
  };
}

/** CPU as `[[D-]H:]M:SS.cc` and kilobytes, as in `  12:34.56  45678`. */
function usageIn(line: string | undefined): ProcessUsage | undefined {
  const seen = /^\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)\s+(\d+)\s*$/.exec(line ?? '');
  if (seen === null) return undefined;
  const [days, hours, minutes, seconds, kilobytes] = seen.slice(1).map((part) => Number(part || 0));
  const inMinutes = ((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0);
  const cpuMs = Math.round((inMinutes * 60 + (seconds ?? 0)) * 1000);
  return { cpuMs, residentBytes: (kilobytes ?? 0) * 1024 };
}

/** Fields of lsof(8), a line each: `p501`, then `f1` and `aw` for each descriptor; access is r, w or u (both). */
function writersIn(fields: string | undefined): readonly number[] {
  const writers = new Set<number>();
  let pid = 0;
  for (const line of (fields ?? '').split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    if (line === 'aw' || line === 'au') writers.add(pid);
  }
  return [...writers].filter((one) => one !== process.pid);
}

/** `Address Type Recv-Q Send-Q Inode Conn Refs Nextref Addr`: a socket with an inode is bound; an accepted one shows the same path. */
function socketsIn(table: string | undefined): readonly string[] {
  const bound = /^\s*[0-9a-f]+ +stream(?: +[0-9a-f]+){6} +(\/.*\S)\s*$/;
  const paths = (table ?? '').split('\n').flatMap((line) => bound.exec(line)?.[1] ?? []);
  return [...new Set(paths)];
}

function run(file: string, args: readonly string[]): string | undefined {
  try {
    // lstart would be written in the reader's language and time zone otherwise.
    const env = { LC_ALL: 'C', TZ: 'UTC' };
    return execFileSync(file, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

function hasPid(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
