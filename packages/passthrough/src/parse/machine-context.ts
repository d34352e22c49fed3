import { readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import type { ReadingContext } from './reading-context.ts';

/**
 * What this machine, this user and this process are to a node that is started here: anything but macOS counts as Linux. Files are read
 * when they are needed, regular ones of up to 4 MiB.
 *
 * @example
 * validate(['--http', '--datadir', 'data'], { ...machineContext(), flavour: 'geth', version: '1.17.5' });
 */
export function machineContext(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Required<Omit<ReadingContext, 'flavour' | 'version'>> {
  return {
    env,
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    homeDirectory: orElse(homedir, ''),
    temporaryDirectory: env['TMPDIR'] || tmpdir(),
    cwd: orElse(() => process.cwd(), '/'),
    readFile: readSmallFile,
  };
}

/** Calls a function that may throw: a user may have no home in passwd, a working directory may be deleted. */
function orElse(look: () => string, otherwise: string): string {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

const maxFileBytes = 4 * 1024 * 1024;

/** Reads regular files only: reading a pipe would take its content from the node, and a device may never end. */
function readSmallFile(path: string): string {
  const found = statSync(path);
  if (!found.isFile()) throw new Error(`${path} is no regular file`);
  if (found.size > maxFileBytes) throw new Error(`${path} is larger than 4 MiB`);
  return readFileSync(path, 'utf8');
}
