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
 * @throws Error where it cannot be written, or would lie in a folder of another user.
 */
export function registerHome(folder: string, home: string, uid: number): void {
  const entry = join(folder, shortName(home));
  if (homeAt(entry) === home) return;
  makeOwnFolder(folder, uid);
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

/**
 * Makes a folder below one of this user. Under sudo HOME may still be that of the user, whose folders must not become those of root. Step by step, as
 * a recursive mkdir(2) of Node.js never ends under /proc.
 */
function makeOwnFolder(folder: string, uid: number): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  const above = dirname(folder);
  if (found === undefined && above !== '/') {
    makeOwnFolder(above, uid);
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      // Another supervisor may have been quicker.
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
  } else if (found?.uid !== uid) {
    throw new Error(`${folder} is not a folder of this user`);
  }
}
