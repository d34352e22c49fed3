import { constants } from 'node:fs';
import type { RotationCalls } from '../../ports.ts';
import { chunkBytes } from './copy-live-file.ts';
import { beginMove, createMark, markHead, nameCopy, type Moved } from './move-bytes.ts';
import type { RotationJob } from './rotation-job.ts';
import { RotationAbandoned } from './rotation-report.ts';

/** The two files of a rotation, by their descriptors, and how many bytes the copy has. */
export interface SwapFiles {
  readonly live: number;
  readonly copy: number;
  readonly copied: number;
  /** During a pause: throws when it has lasted too long. */
  readonly assertInTime?: (() => void) | undefined;
}

/**
 * The last stage where the live file is truncated: copies the rest, makes the copy a segment, truncates the live file. All calls are synchronous,
 * so that no writer of this thread comes in between. The caller removes the journal, which ends the rotation.
 *
 * @returns the segment
 */
export function swapFiles(
  job: RotationJob,
  { live, copy, copied, assertInTime }: SwapFiles,
): Moved {
  const { files, writers } = job;
  const calls = job.ports.files;
  const bytes = copyRest(calls, { live, copy, copied, assertInTime });
  if (writers === null && bytes !== copied) throw new RotationAbandoned('still-writing');
  const inode = calls.fstatSync(live).ino;
  const mark = createMark(bytes);
  const stem = nameCopy(job);
  const journal = { way: 'swap', stem, bytes, inode, mark, isMarked: false } as const;
  beginMove(calls, files, journal);
  markHead(calls, files, live, journal);
  if (assertInTime === undefined) calls.ftruncateSync(live, 0);
  else truncateByFence(calls, files.fence);
  return { stem, bytes };
}

/**
 * Truncates by one call that finds the file by the fence. Once the guard has taken the fence away and woken the node, the call finds nothing,
 * however long this process was held up before it.
 */
function truncateByFence(calls: RotationCalls, fence: string): void {
  calls.closeSync(calls.openSync(fence, constants.O_WRONLY | constants.O_TRUNC));
}

function copyRest(calls: RotationCalls, { live, copy, copied, assertInTime }: SwapFiles): number {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let position = copied;
  for (;;) {
    assertInTime?.();
    const read = calls.readSync(live, chunk, 0, chunk.length, position);
    if (read === 0) return position;
    for (let done = 0; done < read;) {
      done += calls.writeSync(copy, chunk, done, read - done, position + done);
    }
    position += read;
  }
}
