import { statSync } from 'node:fs';
import { catchUp, copyLiveFile } from './copy-live-file.ts';
import { cutOver } from './cut-over.ts';
import type { RotationJob } from './rotation-job.ts';
import { notRotated, RotationAbandoned, type RotationReport } from './rotation-report.ts';

/** Rounds of copying what was written meanwhile; a writer faster than the copy is paused in the end with more left. */
const maxRounds = 6;

/**
 * Moves the bytes of the live file into a segment without losing or repeating one, whenever this process dies:
 *
 * 1. `copyLiveFile`: copy to `<segment>.partial` while the writers write; flush it to the disk; `catchUp` with them
 * 2. `cutOver`: start the guard, pause the writers
 * 3. `swapFiles`: copy the rest, create the journal (from here readers wait), truncate the live file, rename the copy to its final name
 * 4. `cutOver`: resume the writers, who append and so go on at 0; release the guard, remove the journal
 *
 * Before the truncation the live file is the truth, after it the copy is. If we die in between, the guard or the next start looks which it is.
 */
export async function rotateLive(job: RotationJob): Promise<RotationReport> {
  const { files, ports, stem } = job;
  const at = (): Date => new Date(ports.clock.now());
  try {
    const size = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) throw new RotationAbandoned('empty');
    await using live = await ports.files.open(files.live, 'r+');
    await using copy = await copyLiveFile(job);
    const copied = await catchUp(live, copy, (await copy.stat()).size, maxRounds);
    const done = await cutOver(job, live, copy, copied);
    await copy.datasync().catch(() => undefined); // The bytes are in place; only a power cut could still take the last of them.
    return { rotated: true, at: at(), segment: files.segment(stem), ...done };
  } catch (error) {
    return notRotated(error, at());
  }
}
