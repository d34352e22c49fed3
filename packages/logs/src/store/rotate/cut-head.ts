import type { OpenFiles } from './copy-live-file.ts';
import { cutPlace } from './cut-place.ts';
import { beginMove, createMark, finishCut, nameCopy, type Moved } from './move-bytes.ts';
import type { RotationJob } from './rotation-job.ts';
import { RotationAbandoned } from './rotation-report.ts';

/**
 * The last stages where the file system collapses ranges: the copy is cut to whole blocks, becomes a segment, and the same bytes are cut out of the
 * live file. No writer is touched; what is behind the cut stays in the live file and moves to its front.
 *
 * @returns the segment
 */
export async function cutHead(
  job: RotationJob,
  { live, copy, copied }: OpenFiles,
  unit: number,
): Promise<Moved> {
  const { files } = job;
  const calls = job.ports.files;
  const bytes = cutPlace(calls, copy.fd, copied, unit);
  // Another program cut it meanwhile.
  if (bytes === 0) throw new RotationAbandoned('empty');
  await copy.truncate(bytes);
  const { ino: inode } = await live.stat();
  const mark = createMark(bytes);
  const stem = nameCopy(job);
  const journal = { way: 'cut', stem, bytes, inode, mark, isMarked: false } as const;
  // Synchronous from here on: a reader in this thread waits for the journal to go without a turn of the event loop.
  beginMove(calls, files, journal);
  finishCut(calls, files, live.fd, journal);
  return { stem, bytes };
}
