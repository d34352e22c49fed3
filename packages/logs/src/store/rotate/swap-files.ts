import type { RotationCalls } from '../../ports.ts';
import { chunkBytes } from './copy-live-file.ts';
import type { RotationJob } from './rotation-job.ts';
import { RotationAbandoned } from './rotation-report.ts';

/** The two files of a rotation, by their descriptors, and how many bytes the copy has. */
export interface SwapFiles {
  readonly live: number;
  readonly copy: number;
  readonly copied: number;
}

/**
 * The last stage: copies the rest, creates the journal, truncates the live file, gives the copy its final name. From the truncation on the copy
 * is the truth. All calls are synchronous, so that no writer of this thread comes in between.
 *
 * @returns the bytes of the segment
 */
export function swapFiles(
  { files, stem, writers, ports: { files: calls } }: RotationJob,
  { live, copy, copied }: SwapFiles,
): number {
  const bytes = copyRest(calls, live, copy, copied);
  if (writers === null && bytes !== copied) throw new RotationAbandoned('still-writing');
  writeJournal(calls, files.journal, stem);
  calls.ftruncateSync(live, 0);
  calls.renameSync(files.partial(files.segment(stem)), files.segment(stem));
  return bytes;
}

function copyRest(calls: RotationCalls, live: number, copy: number, copied: number): number {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let position = copied;
  for (;;) {
    const read = calls.readSync(live, chunk, 0, chunk.length, position);
    if (read === 0) return position;
    for (let done = 0; done < read;) {
      done += calls.writeSync(copy, chunk, done, read - done, position + done);
    }
    position += read;
  }
}

/** Names the rotation in the journal, so that a late guard does not mistake the rotation of a successor for its own. */
function writeJournal(calls: RotationCalls, path: string, stem: string): void {
  const journal = calls.openSync(path, 'wx', 0o600);
  try {
    const name = Buffer.from(`${stem}\n`);
    calls.writeSync(journal, name, 0, name.length, 0);
  } finally {
    calls.closeSync(journal);
  }
}
