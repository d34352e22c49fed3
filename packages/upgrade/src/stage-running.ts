import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Release } from './plan.ts';
import { headOf, stageProgram } from './stage-program.ts';

/** A program that runs, and where it is to stay. */
interface RunningProgram {
  /** The file that it was started from. */
  readonly file: string;
  /** Its process; null where it is down. */
  readonly pid: number | null;
  /** As it says itself, such as `1.17.5-stable`; null where it does not say. */
  readonly version: string | null;
  /** Version for the name of the copy's folder. */
  readonly release: string | null;
  /** The folder of all staged programs. */
  readonly folder: string;
}

/**
 * Puts a program that runs where it stays, so that there is a way back whatever happens to its file. What runs is taken, also where another one
 * is in its place by now (Linux; elsewhere the file). A script stays where it is: it may need what lies beside it.
 *
 * @throws UpgradeError where it cannot be copied.
 * @example
 * stageRunning({ file: '/bin/sh', pid: null, version: null, release: null, folder: '/srv/node/binaries' }).program;
 */
export function stageRunning({ file, pid, version, release, folder }: RunningProgram): Release {
  if (isScript(file)) return { version, program: file, sha256: null };
  const running = `/proc/${pid ?? 0}/exe`;
  const { program, sha256 } = stageProgram({
    file: existsSync(running) ? running : file,
    name: basename(file),
    folder,
    version: release,
    inUse: [file],
  });
  return { version, program, sha256 };
}

function isScript(file: string): boolean {
  try {
    return headOf(file).toString('latin1', 0, 2) === '#!';
  } catch {
    return false;
  }
}

const pieceBytes = 1 << 20;

/** Whether a program has the content of a SHA-256, in hexadecimal; one that has none only has to be there. */
export async function isIntact(program: string, sha256: string | null): Promise<boolean> {
  if (sha256 === null || !existsSync(program)) return existsSync(program);
  await using file = await open(program);
  const hash = createHash('sha256');
  // One buffer: a stream makes a hundred megabytes of garbage of it, which V8 collects while the old program stops.
  const buffer = Buffer.alloc(pieceBytes);
  for (;;) {
    const { bytesRead } = await file.read(buffer);
    if (bytesRead === 0) return hash.digest('hex') === sha256;
    hash.update(buffer.subarray(0, bytesRead));
  }
}
