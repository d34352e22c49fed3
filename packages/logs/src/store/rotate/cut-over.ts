import { catchUp, type OpenFiles } from './copy-live-file.ts';
import type { Moved } from './move-bytes.ts';
import { pauseGroup } from './pause-group.ts';
import type { RotationJob } from './rotation-job.ts';
import { resumeStragglers } from './resume-stragglers.ts';
import { RotationAbandoned } from './rotation-report.ts';
import { swapFiles, type SwapFiles } from './swap-files.ts';
import { pausableOf, type Pausable } from './writers.ts';

/** What was moved, and for how long the writers were paused. */
export interface CutOver extends Moved {
  readonly pauseMs: number;
}

/** Milliseconds from the start of the guard within which a pause truncates or is given up; the guard ends it after twice as many. */
const budgetMs = 1000;

/** The last stage where the live file is truncated: swaps the files while nobody writes, then removes the journal, which ends the rotation. */
export async function cutOver(job: RotationJob, open: OpenFiles): Promise<CutOver> {
  const pausable = pausableOf(job.writers);
  if (pausable !== null) return cutOverPaused(job, pausable, open);
  const { live, copy, copied } = open;
  if (job.writers === null) assertNobodyWrites(job);
  const moved = swapFiles(job, { live: live.fd, copy: copy.fd, copied });
  unlink(job, job.files.journal);
  return { ...moved, pauseMs: 0 };
}

function assertNobodyWrites({ files, ports }: RotationJob): void {
  const [holder] = ports.writerStates.holders(files.live);
  if (holder === undefined) return;
  const { pid, name } = holder;
  throw new RotationAbandoned('still-writing', `process ${pid} (${name}) still writes to the log`);
}

async function cutOverPaused(
  job: RotationJob,
  pausable: Pausable,
  { live, copy, copied }: OpenFiles,
): Promise<CutOver> {
  const { files, ports } = job;
  const { groupId } = pausable;
  const haveStopped = ports.writerStates.watch(groupId, files.live);
  raiseFence(job);
  try {
    const end = ports.clock.monotonic() + budgetMs;
    const assertInTime = (): void => {
      if (ports.clock.monotonic() <= end) return;
      throw new RotationAbandoned('cannot-pause', 'the last bytes took too long for a pause');
    };
    const guard = await ports.startGuard(groupId, files);
    if (guard === null) throw new RotationAbandoned('cannot-pause', 'no shell guards the pause');
    try {
      // The start of the guard took time, in which the writers went on.
      const caughtUp = await catchUp(live, copy, copied, 1);
      const paths = { live: live.fd, copy: copy.fd, copied: caughtUp };
      try {
        return swapPaused(job, { pausable, haveStopped, assertInTime }, paths);
      } finally {
        // The guard stays until then: it resumes the group should we die.
        await resumeStragglers(pausable, ports.writerStates);
      }
    } finally {
      guard.release();
    }
  } finally {
    lowerFence(job);
  }
}

/** A pause, and how it is judged. */
interface PauseParts {
  readonly pausable: Pausable;
  readonly haveStopped: () => boolean;
  readonly assertInTime: () => void;
}

/**
 * Swaps the files while the writers are paused. All of it is synchronous: nothing may delay the resume, and a reader in this thread waits for
 * the journal to go without a turn of the event loop.
 */
function swapPaused(
  job: RotationJob,
  { pausable, haveStopped, assertInTime }: PauseParts,
  files: Omit<SwapFiles, 'pause'>,
): CutOver {
  const { clock } = job.ports;
  const assertStill = (): void => {
    // They are stopped once more: who was woken meanwhile would go on writing.
    if (pauseGroup(pausable, haveStopped, clock) === 'paused') return;
    throw new RotationAbandoned('cannot-pause', 'the writers did not stand still in the pause');
  };
  const start = clock.monotonic();
  let moved: Moved;
  try {
    const pause = pauseGroup(pausable, haveStopped, clock);
    if (pause !== 'paused') {
      // A group that has just ended is nothing to tell anybody of.
      const isGone = pause === 'unsignalled' && haveStopped();
      const why = isGone ? null : 'the writers could not be stopped, or not in time';
      throw new RotationAbandoned('cannot-pause', why);
    }
    moved = swapFiles(job, { ...files, pause: { assertInTime, assertStill } });
  } finally {
    pausable.resume();
  }
  const pauseMs = clock.monotonic() - start;
  unlink(job, job.files.journal);
  return { ...moved, pauseMs };
}

/** Gives the live file the second name by which it is truncated, as long as the pause is ours. */
function raiseFence(job: RotationJob): void {
  lowerFence(job);
  job.ports.files.linkSync(job.files.live, job.files.fence);
}

function lowerFence(job: RotationJob): void {
  try {
    unlink(job, job.files.fence);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function unlink({ ports }: RotationJob, path: string): void {
  ports.files.unlinkSync(path);
}
