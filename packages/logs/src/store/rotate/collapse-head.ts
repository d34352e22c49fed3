import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import type { LogFiles } from '../../layout.ts';
import { endProcess } from './end-process.ts';
import { systemWriters } from './group-state/system-writers.ts';

/** Milliseconds until fallocate is given up: it waits for the disk. */
const timeoutMs = 30_000;
const program = 'fallocate';
const pollMs = 5;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
/** Blocks of the file on which it is tried: one to cut, one to keep. */
const probeBlocks = 2;

/**
 * Cuts bytes from the beginning of a file, by util-linux fallocate(1). What follows them moves to the front, and a descriptor that appends goes
 * on at the new end: the kernel does it between two writes. `bytes` is a multiple of the block size, and less than the file has.
 *
 * @throws when the system refuses
 */
export function collapseHead(descriptor: number, bytes: number): void {
  const args = ['--collapse-range', '--offset', '0', '--length', String(bytes)];
  // By the descriptor: another program may have moved the file.
  const { status, error, stderr } = spawnSync(program, [...args, '/proc/self/fd/3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    cwd: '/',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim() || `fallocate ended with ${status}`);
}

/**
 * Ends the fallocate of a store that died: it may not have begun, and would cut again what is cut already. Waits for one that is at work, which
 * the system does not interrupt.
 */
export function endCollapses(
  live: string,
  holders = systemWriters().holders,
  kill = endProcess,
): void {
  const strays = holders(live).filter(({ name }) => name === program);
  for (const { pid } of strays) kill(pid);
  const isLeft = (): boolean => holders(live).some(({ name }) => name === program);
  for (let left = strays.length > 0; left; left = isLeft()) Atomics.wait(sleeper, 0, 0, pollMs);
}

/**
 * The unit in which heads of files can be cut in the folder of a log, in bytes; null where they cannot: found by trying it on a file of two
 * blocks.
 */
export function findCollapseUnit(
  { probe, live }: LogFiles,
  collapse = collapseHead,
): number | null {
  const unit = statfsSync(live).bsize;
  try {
    writeFileSync(probe, Buffer.alloc(probeBlocks * unit, '.'), { mode: 0o600 });
    const descriptor = openSync(probe, 'r+');
    try {
      collapse(descriptor, unit);
      return fstatSync(descriptor).size === unit ? unit : null;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isPassing(error)) throw error;
    return null;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Whether an error says nothing of the file system: no room, no descriptor, no memory, no time. */
export function isPassing(error: unknown): boolean {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  return ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ETIMEDOUT'].includes(code);
}
