import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Process states in which no instruction of the program runs: stopped, traced, dead (proc(5), field 3 of `stat`). */
const still = new Set(['T', 't', 'Z', 'X', 'x']);

/** A process or thread, as proc_pid_stat(5) has it. */
export interface ProcessStat {
  readonly name: string;
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** The processes there are. */
export function processesIn(proc: string): readonly number[] {
  return readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** `pid (name) state ppid pgrp session …`: the name may hold blanks and brackets, so what counts begins after its last bracket. */
export function statOf(path: string): ProcessStat | null {
  const text = attempt(() => readFileSync(path, 'latin1'));
  if (text === undefined) return null;
  const end = text.lastIndexOf(')');
  const [state = '', parent, group, session] = text.slice(end + 2).split(' ', 4);
  return {
    name: text.slice(text.indexOf('(') + 1, end),
    state,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
  };
}

/** Whether no thread of a process runs. */
export function isStill(proc: string, pid: number): boolean {
  const tasks = join(proc, String(pid), 'task');
  // It may have ended meanwhile.
  return (attempt(() => readdirSync(tasks)) ?? []).every((thread) => {
    const found = statOf(join(tasks, thread, 'stat'));
    return found === null || still.has(found.state);
  });
}

/** Tells whether a process has a file open for writing (proc_pid_fd(5)); null where it may not be looked at. */
export function writerCheck(proc: string, file: string): (pid: number) => boolean | null {
  const path = canonical(file);
  const inode = inodeOf(file);
  const isIt = (descriptor: string): boolean => {
    const target = attempt(() => readlinkSync(descriptor)) ?? '';
    if (target === path) return true;
    // A bind mount or an earlier name of a folder: only then is the file itself looked at, as that may wait for a dead network share.
    return basename(target) === basename(path) && inode !== null && inodeOf(descriptor) === inode;
  };
  return (pid) => {
    const folder = join(proc, String(pid));
    try {
      return readdirSync(join(folder, 'fd')).some(
        (fd) => isIt(join(folder, 'fd', fd)) && isForWriting(join(folder, 'fdinfo', fd)),
      );
    } catch (error) {
      // It has ended, else belongs to another user.
      const { code = '' } = error as NodeJS.ErrnoException;
      return ['ENOENT', 'ESRCH'].includes(code) ? false : null;
    }
  };
}

/** The two lowest bits of the flags, in octal, are O_RDONLY, O_WRONLY or O_RDWR. */
function isForWriting(info: string): boolean {
  const text = attempt(() => readFileSync(info, 'utf8')) ?? '';
  const [, flags = '0'] = /^flags:\s*([0-7]+)$/m.exec(text) ?? [];
  return (Number.parseInt(flags, 8) & 3) !== 0;
}

function canonical(file: string): string {
  return join(attempt(() => realpathSync(dirname(file))) ?? dirname(file), basename(file));
}

function inodeOf(file: string): string | null {
  const seen = attempt(() => statSync(file, { bigint: true }));
  return seen === undefined ? null : `${seen.dev}:${seen.ino}`;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
