import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Which of the other processes have a file open for writing (proc_pid_fd(5)): the one of that path now, under whatever name they
 * opened it, or one of that path that was removed since. Processes of other users are seen by root only.
 */
export function writersIn(proc: string, file: string, pids: readonly number[]): readonly number[] {
  const path = canonical(file);
  const inode = inodeOf(file);
  const isIt = (descriptor: string): boolean => {
    const target = attempt(() => readlinkSync(descriptor)) ?? '';
    if (target === path || target === `${path} (deleted)`) return true;
    // A bind mount or an earlier name of a folder: only then is the file itself looked at.
    return (
      basename(target) === basename(path) && inode !== undefined && inodeOf(descriptor) === inode
    );
  };
  const writes = (pid: number): boolean => {
    const folder = join(proc, String(pid));
    return list(join(folder, 'fd')).some(
      (fd) => isIt(join(folder, 'fd', fd)) && isForWriting(join(folder, 'fdinfo', fd)),
    );
  };
  return pids.filter((pid) => pid !== process.pid && writes(pid));
}

/** The two lowest bits of the flags, in octal, are O_RDONLY, O_WRONLY or O_RDWR. */
function isForWriting(info: string): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(attempt(() => readFileSync(info, 'utf8')) ?? '')?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & 3) !== 0;
}

function canonical(file: string): string {
  return join(attempt(() => realpathSync(dirname(file))) ?? dirname(file), basename(file));
}

function inodeOf(file: string): string | undefined {
  const seen = attempt(() => statSync(file, { bigint: true }));
  return seen === undefined ? undefined : `${seen.dev}:${seen.ino}`;
}

const list = (folder: string): readonly string[] => attempt(() => readdirSync(folder)) ?? [];

/** Undefined for what may not be looked at, and for what ended meanwhile. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
