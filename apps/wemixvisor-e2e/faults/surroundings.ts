import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultName } from './fault.ts';

/** What was done to a file system, to be undone by calling it. */
export type Undo = () => void;

/** Fills a file system or, for any other fault, write-protects it; null when it could not be done. */
export function spoil(mount: string, name: FaultName): Undo | null {
  if (name === 'fill-disk') return fillDisk(join(mount, 'ballast'));
  if (name === 'fill-inodes') return fillInodes(join(mount, 'ballast'));
  return remount(mount, 'ro') ? () => void remount(mount, 'rw') : null;
}

/** Takes every byte, in ever smaller pieces. */
function fillDisk(ballast: string): Undo {
  const descriptor = openSync(ballast, 'w');
  for (const bytes of [64 * 1024, 4096, 1]) {
    const piece = Buffer.alloc(bytes);
    untilFull(() => writeSync(descriptor, piece));
  }
  closeSync(descriptor);
  return () => rmSync(ballast);
}

/** Takes every inode. */
function fillInodes(ballast: string): Undo {
  let count = 0;
  mkdirSync(ballast);
  untilFull(() => writeFileSync(join(ballast, `${(count += 1)}`), '', { flag: 'wx' }));
  return () => rmSync(ballast, { recursive: true });
}

function untilFull(take: () => unknown): void {
  try {
    for (;;) take();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC') throw error;
  }
}

/** False where somebody has a file open for writing. */
function remount(mount: string, mode: 'ro' | 'rw'): boolean {
  try {
    execFileSync('mount', ['-o', `remount,${mode}`, mount], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
