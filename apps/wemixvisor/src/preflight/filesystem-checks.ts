import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HolderSearch } from './port-owner.ts';
import type { Problem } from './problem.ts';

/** Can the node write to its data directory, or make it? */
export function checkDataDirectory(directory: string): readonly Problem[] {
  const existing = nearestExisting(directory);
  const check = 'data directory';
  if (!statSync(existing).isDirectory()) {
    const message = `${existing} is not a folder`;
    return [{ check, severity: 'error', message, remedy: 'choose another with --datadir' }];
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return [];
  } catch {
    const message =
      existing === directory
        ? `${directory} may not be written to`
        : `${directory} does not exist and cannot be made in ${existing}`;
    const remedy = `give the folder to the user that runs the node, or choose another with --datadir`;
    return [{ check, severity: 'error', message, remedy }];
  }
}

/**
 * Does another process have the node's data? geth locks `LOCK` in its instance folder for as long as it runs
 * (node/node.go @ v1.17.5); removing the file frees nothing, the lock is the process's.
 */
export async function checkLock(
  instanceDirectory: string,
  { search, ownPid }: { readonly search: HolderSearch; readonly ownPid: number | null },
): Promise<readonly Problem[]> {
  const lock = join(instanceDirectory, 'LOCK');
  if (!existsSync(lock)) return [];
  const holder = await search.ofLock(lock);
  if (holder === undefined || (holder.pid !== null && holder.pid === ownPid)) return [];
  const by = holder.pid === null ? holder.name : `${holder.name} (pid ${holder.pid})`;
  const message = `${instanceDirectory} is in use by ${by}`;
  const remedy = 'stop that process; removing the LOCK file would help nothing';
  return [{ check: 'data directory', severity: 'error', message, remedy }];
}

/** Do the files that the arguments name exist, and can they be read? */
export function checkFiles(
  files: readonly { readonly flag: string; readonly path: string; readonly purpose: string }[],
): readonly Problem[] {
  return files.flatMap(({ flag, path, purpose }) => {
    try {
      accessSync(path, constants.R_OK);
      return [];
    } catch {
      const what = existsSync(path) ? 'may not be read' : 'does not exist';
      const message = `${path} (${purpose}) ${what}`;
      return [{ check: 'file', severity: 'error' as const, message, remedy: `correct --${flag}` }];
    }
  });
}

/** Is there more free space than the limit at which geth stops itself (cmd/utils/cmd.go @ v1.17.5)? */
export function checkDisk(directory: string, minimumBytes: number): readonly Problem[] {
  const { bavail, bsize } = statfsSync(nearestExisting(directory));
  const free = bavail * bsize;
  const message = `${mebibytes(free)} free for ${directory}, and the node stops itself below ${mebibytes(minimumBytes)}`;
  const remedy = 'make room before the start; --datadir.minfreedisk sets the limit, in MB';
  if (free >= minimumBytes * 2) return [];
  return [{ check: 'disk', severity: free < minimumBytes ? 'error' : 'warning', message, remedy }];
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)} MiB`;
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
