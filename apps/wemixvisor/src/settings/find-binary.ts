import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { systemCodeOf, usageError } from '../app-error.ts';

/** The node programs that are searched on PATH when none is named. */
const wellKnown = ['geth', 'gwemix'] as const;

/**
 * The absolute path of the node's program: the one named, as a path, on PATH or as `current`, else the first of geth and gwemix.
 *
 * @throws AppError with exit code 64 when there is none, or it is not an executable file.
 */
export function findBinary(
  named: string | null,
  {
    cwd,
    searchPath,
    current,
  }: {
    readonly cwd: string;
    readonly searchPath: string | undefined;
    /** The link that `current` names. */
    readonly current: string;
  },
): string {
  if (named === 'current') return currentBinary(current);
  const folders = (searchPath ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = (name: string) =>
    folders
      .map((folder) => resolve(cwd, join(folder, name)))
      .find((file) => problemWith(file) === null);
  if (named === null) {
    const found = wellKnown.map(onPath).find((file) => file !== undefined);
    if (found !== undefined) return found;
    throw usageError(
      `there is no ${wellKnown.join(' or ')} on PATH: name the node's program with --binary FILE`,
    );
  }
  if (!isAbsolute(named) && !named.includes('/')) {
    const found = onPath(named);
    if (found !== undefined) return found;
  }
  const file = resolve(cwd, named);
  const problem = problemWith(file);
  if (problem === null) return file;
  throw usageError(`the node's program ${file} ${problem}`);
}

/** What the last upgrade left in force: the program itself, as the link may lead elsewhere while the node runs. */
function currentBinary(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    throw usageError(
      `--binary current: there is no ${link} yet; start with --binary FILE, and the first upgrade makes it`,
    );
  }
}

function problemWith(file: string): string | null {
  try {
    if (!statSync(file).isFile())
      return 'is not a file: name the program itself with --binary FILE';
    accessSync(file, constants.X_OK);
    return null;
  } catch (error) {
    return systemCodeOf(error) === 'EACCES'
      ? 'may not be executed: chmod +x it, or name another with --binary FILE'
      : 'does not exist: name it with --binary FILE';
  }
}
