import { constants } from 'node:fs';
import type { RotationCalls } from '../../ports.ts';
import { chunkBytes } from './copy-live-file.ts';
import { beginMove, createMark, markHead, nameCopy, type Moved } from './move-bytes.ts';
import type { RotationJob } from './rotation-job.ts';
import { RotationAbandoned } from './rotation-report.ts';

/** What has to hold in a pause. */
interface SwapPause {
  /** Throws when it has lasted too long. */
  readonly assertInTime: () => void;
  /** Throws when the writers do not stand still any more. */
  readonly assertStill: () => void;
}

/** The two files of a rotation, by their descriptors, and how many bytes the copy has. */
export interface SwapFiles {
  readonly live: number;
  readonly copy: number;
  readonly copied: number;
  /** The pause in which this happens; absent where nobody writes. */
  readonly pause?: SwapPause | undefined;
}

/**
 * The last stage where the live file is truncated: copies the rest, makes the copy a segment, truncates the live file. All calls are synchronous,
 * so that no writer of this thread comes in between. The caller removes the journal, which ends the rotation.
 *
 * @returns the segment
 */
export function swapFiles(job: RotationJob, { live, copy, copied, pause }: SwapFiles): Moved {
  const { files, writers } = job;
  const calls = job.ports.files;
  const bytes = copyRest(calls, { live, copy, copied, pause });
  if (writers === null && bytes !== copied) throw new RotationAbandoned('still-writing');
  const inode = calls.fstatSync(live).ino;
  const mark = createMark(bytes);
  const stem = nameCopy(job);
  const journal = { way: 'swap', stem, bytes, inode, mark, isMarked: false } as const;
  beginMove(calls, files, journal);
  markHead(calls, files, live, journal);
  if (pause === undefined) calls.ftruncateSync(live, 0);
  else {
    assertUnwritten(calls, { live, bytes, pause });
    truncateByFence(calls, files.fence);
  }
  return { stem, bytes };
}

/** Somebody else may have woken the writers since they were paused. What they wrote is not in the copy, and must not be cut off. */
function assertUnwritten(
  calls: RotationCalls,
  { live, bytes, pause }: { live: number; bytes: number; pause: SwapPause },
): void {
  pause.assertStill();
  if (calls.fstatSync(live).size === bytes) return;
  throw new RotationAbandoned('cannot-pause', 'somebody woke the writers in the pause');
}

/**
 * Truncates by one call that finds the file by the fence. Once the guard has taken the fence away and woken the node, the call finds nothing,
 * however long this process was held up before it.
 */
function truncateByFence(calls: RotationCalls, fence: string): void {
  calls.closeSync(calls.openSync(fence, constants.O_WRONLY | constants.O_TRUNC));
}

function copyRest(calls: RotationCalls, { live, copy, copied, pause }: SwapFiles): number {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let position = copied;
  for (;;) {
    pause?.assertInTime();
    const read = calls.readSync(live, chunk, 0, chunk.length, position);
    if (read === 0) return position;
    for (let done = 0; done < read;) {
      done += calls.writeSync(copy, chunk, done, read - done, position + done);
    }
    position += read;
  }
}
