import type { FileHandle } from 'node:fs/promises';
import { catchUp } from './copy-live-file.ts';
import { pauseGroup } from './pause-group.ts';
import type { RotationJob } from './rotation-job.ts';
import { RotationAbandoned } from './rotation-report.ts';
import { swapFiles, type SwapFiles } from './swap-files.ts';
import { pausableOf, type Pausable } from './writers.ts';

/** What was moved, and for how long the writers were paused. */
export interface CutOver {
  readonly bytes: number;
  readonly pauseMs: number;
}

/** The second stage: swaps the files while nobody writes, then removes the journal, which ends the rotation. */
export async function cutOver(
  job: RotationJob,
  live: FileHandle,
  copy: FileHandle,
  copied: number,
): Promise<CutOver> {
  const pausable = pausableOf(job.writers);
  if (pausable === null) {
    const bytes = swapFiles(job, { live: live.fd, copy: copy.fd, copied });
    removeJournal(job);
    return { bytes, pauseMs: 0 };
  }
  const guard = await job.ports.startGuard(pausable.groupId, job.files, job.stem);
  if (guard === null) throw new RotationAbandoned('cannot-pause');
  try {
    const hasStopped = job.ports.watchGroup(pausable.groupId);
    // The start of the guard took time, in which the writers went on.
    const caughtUp = await catchUp(live, copy, copied, 1);
    return swapPaused(job, pausable, hasStopped, {
      live: live.fd,
      copy: copy.fd,
      copied: caughtUp,
    });
  } finally {
    guard.release();
  }
}

/**
 * Swaps the files while the writers are paused. All of it is synchronous: nothing may delay the resume, and a reader in this thread waits for
 * the journal to go without a turn of the event loop.
 */
function swapPaused(
  job: RotationJob,
  pausable: Pausable,
  hasStopped: () => boolean,
  files: SwapFiles,
): CutOver {
  const { clock } = job.ports;
  const start = clock.monotonic();
  let bytes: number;
  try {
    if (!pauseGroup(pausable, hasStopped, clock)) throw new RotationAbandoned('cannot-pause');
    bytes = swapFiles(job, files);
  } finally {
    pausable.resume();
  }
  const pauseMs = clock.monotonic() - start;
  removeJournal(job);
  return { bytes, pauseMs };
}

function removeJournal({ files, ports }: RotationJob): void {
  ports.files.unlinkSync(files.journal);
}
