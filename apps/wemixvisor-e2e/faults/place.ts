import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import type { Place } from './fault.ts';

/** A place where a home can be made. */
export interface PreparedPlace {
  /** Where to make it; undefined for the system's temporary folder. */
  readonly parent: string | undefined;
  /** The root of the home's own file system; null where it has none. */
  readonly mount: string | null;
  /** A folder outside the home, on the disk. */
  readonly beside: string;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Room for a home of some minutes, and filled in some milliseconds. */
const smallOptions = 'size=24m,nr_inodes=600,mode=700';
const memory = '/dev/shm';

/** Prepares a place; a machine that has no such place gives the disk. */
export async function preparePlace(place: Place): Promise<PreparedPlace> {
  const folder = await temporaryDirectory('wv-faults-');
  const mount = place === 'small' ? mountedAt(join(folder.path, 'small')) : null;
  return {
    parent: mount ?? (place === 'memory' && existsSync(memory) ? memory : undefined),
    mount,
    beside: folder.path,
    async [Symbol.asyncDispose]() {
      if (mount !== null) execFileSync('umount', ['-l', mount]);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Mounts a small file system; null where that cannot be done: it takes root and Linux. */
function mountedAt(path: string): string | null {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', smallOptions, 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return null;
  }
}

/** Puts the node's data on the disk where the home's own file system is small: what it wrote must be known for certain. */
export function dataIn(home: string, { mount, beside }: PreparedPlace): string {
  const data = join(home, 'data');
  if (mount === null) return data;
  mkdirSync(join(beside, 'data'));
  mkdirSync(home, { mode: 0o700 });
  symlinkSync(join(beside, 'data'), data);
  return data;
}
