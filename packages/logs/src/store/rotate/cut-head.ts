import type { FileHandle } from 'node:fs/promises';
import { catchUp, restBytes } from './copy-live-file.ts';
import { cutPlace } from './cut-place.ts';
import { beginMove, createMark, finishCut, nameCopy, type Moved } from './move-bytes.ts';
import type { RotationJob } from './rotation-job.ts';
import { RotationAbandoned } from './rotation-report.ts';

/** Rounds of copying and flushing what was written meanwhile. */
const maxRounds = 6;

/**
 * The last stages where the file system collapses ranges: the copy is cut to whole blocks and flushed, becomes a segment, and the same bytes are
 * cut out of the live file. No writer is touched; what is behind the cut stays in the live file and moves to its front.
 *
 * @returns the segment
 */
export async function cutHead(
  job: RotationJob,
  live: FileHandle,
  copy: FileHandle,
  unit: number,
): Promise<Moved> {
  const { files } = job;
  const calls = job.ports.files;
  const copied = await copyToDisk(live, copy);
  const bytes = cutPlace(calls, copy.fd, copied, unit);
  // Another program cut it meanwhile.
  if (bytes === 0) throw new RotationAbandoned('empty');
  await copy.truncate(bytes);
  await copy.datasync();
  const { ino: inode } = await live.stat();
  const mark = createMark(bytes);
  const stem = nameCopy(job);
  const journal = { way: 'cut', stem, bytes, inode, mark, isMarked: false } as const;
  // Synchronous from here on: a reader in this thread waits for the journal to go without a turn of the event loop.
  beginMove(calls, files, journal);
  finishCut(calls, files, live.fd, journal);
  return { stem, bytes };
}

/** Copies what is written until little of it is not on the disk: the collapse makes the writer wait for the rest to be flushed. */
async function copyToDisk(live: FileHandle, copy: FileHandle): Promise<number> {
  let copied = (await copy.stat()).size;
  for (let round = 0; round < maxRounds; round += 1) {
    const before = copied;
    copied = await catchUp(live, copy, before, 1);
    await copy.datasync();
    if (copied - before <= restBytes) break;
  }
  return copied;
}
