import { mkdirSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { systemCodeOf } from '../app-error.ts';
import { shortName } from './home-paths.ts';

/** Where a user's register lies: by the XDG base directory rules, on macOS too. A relative XDG_STATE_HOME does not count. */
export function registerFolder({
  env,
  homeDirectory,
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}): string {
  const named = env['XDG_STATE_HOME'] ?? '';
  const state = isAbsolute(named) ? named : join(homeDirectory, '.local/state');
  return join(state, 'wemixvisor/homes');
}

/**
 * Adds a home to the register: a symbolic link to it, so that it is whole without a lock, and `ls -l` shows it. Nothing is written where it is
 * there already.
 *
 * @throws Error where it cannot be written, or lies below a folder of another user or one that others may write to.
 */
export function registerHome(folder: string, home: string, uid: number): void {
  const entry = join(folder, shortName(home));
  if (homeAt(entry) === home) return;
  // Under sudo HOME may still be that of the user, whose folders must not become those of root.
  if (!isOwn(folder, uid)) throw new Error(`${folder} would not be under a folder of this user`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(entry, { force: true });
  symlinkSync(home, entry);
}

/** The homes of a register, by path; none where there is no register. */
export function registeredHomes(folder: string): readonly string[] {
  try {
    const homes = readdirSync(folder).map((name) => homeAt(join(folder, name)));
    return homes.filter((home) => home !== undefined && isAbsolute(home)).toSorted() as string[];
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return [];
    throw error;
  }
}

/** Drops a home from the register; one that may not be written keeps it. */
export function forgetHome(folder: string, home: string): void {
  try {
    rmSync(join(folder, shortName(home)), { force: true });
  } catch {
    // It is said each time, then.
  }
}

function homeAt(entry: string): string | undefined {
  try {
    return readlinkSync(entry);
  } catch {
    return undefined;
  }
}

/** Of a folder that is not there yet the nearest one above it counts. */
function isOwn(folder: string, uid: number): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found !== undefined) return found.uid === uid && (found.mode & 0o022) === 0;
  const above = dirname(folder);
  return above !== '/' && isOwn(above, uid);
}
