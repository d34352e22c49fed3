import { constants, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { LogFiles } from '../layout.ts';
import type { RotationCalls, StorePorts } from '../ports.ts';
import { pauseGroup, type Writers } from './pausable.ts';
import { startResumeGuard } from './resume-guard.ts';

/** A finished rotation. */
export interface Rotated {
  readonly rotated: true;
  readonly at: Date;
  /** The plain file that now holds the bytes; it is compressed later, if at all. */
  readonly segment: string;
  readonly bytes: number;
  /** Milliseconds the writers stood still; 0 when there were none. */
  readonly pauseMs: number;
}

/**
 * A rotation that was not done; nothing is lost, the live file goes on growing.
 * - `empty`: there is nothing to rotate
 * - `cannot-pause`: the writers could not be stopped for the last bytes: not ours, or stuck in the system
 * - `still-writing`: nobody was named to be paused, yet the file grows
 * - `disk-full`: no room for the copy
 * - `failed`: another error of the system
 */
export interface NotRotated {
  readonly rotated: false;
  readonly at: Date;
  readonly reason: 'empty' | 'cannot-pause' | 'still-writing' | 'disk-full' | 'failed';
  readonly error: Error | null;
}

/** How a rotation ended. */
export type RotationReport = Rotated | NotRotated;

/** What one rotation works on. */
export interface RotationJob {
  readonly files: LogFiles;
  /** The name of the segment to be. */
  readonly stem: string;
  readonly writers: Writers;
  readonly ports: StorePorts;
}

const chunkBytes = 1024 * 1024;
/** What may be left to copy while the writers stand still. */
const restBytes = 4 * chunkBytes;
/** A writer faster than the copy is stopped in the end with more than that left. */
const maxRounds = 6;

class Abandoned extends Error {
  readonly reason: NotRotated['reason'];
  constructor(reason: NotRotated['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Moves the bytes of the live file into a segment without losing or repeating one, whenever we die:
 *
 * 1. copy into `<segment>.partial` while the node writes; flush it to the disk
 * 2. start the guard, pause the writers, copy the rest
 * 3. create the journal: from here readers wait
 * 4. truncate the live file; its writers append, so they go on at 0
 * 5. rename the partial copy to its final name, resume, remove the journal
 *
 * Before 4 the live file is the truth, after it the copy is. Dead between 3 and 5, the guard or the next start looks which it is.
 */
export async function rotateLive(job: RotationJob): Promise<RotationReport> {
  const { files, ports, stem } = job;
  const segment = files.segment(stem);
  const size = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return { rotated: false, at: ports.now(), reason: 'empty', error: null };
  try {
    await using live = await ports.files.open(files.live, 'r+');
    await using copy = await cloneOf(job);
    const copied = await catchUp(live, copy, (await copy.stat()).size, maxRounds);
    const done = await cutOver(job, live, copy, copied);
    await copy.datasync().catch(() => undefined); // The bytes are in place; only a power cut could still take the last of them.
    return { rotated: true, at: ports.now(), segment, ...done };
  } catch (error) {
    return notRotated(job, error);
  }
}

/** What the live file holds now, on the disk. The system copies it, at half the cost of our own loop, or at none where files can share blocks. */
async function cloneOf({ files, stem, ports }: RotationJob): Promise<FileHandle> {
  const partial = files.partial(files.segment(stem));
  const { COPYFILE_EXCL, COPYFILE_FICLONE } = constants;
  await ports.files.copyFile(files.live, partial, COPYFILE_EXCL | COPYFILE_FICLONE);
  const copy = await ports.files.open(partial, 'r+');
  try {
    await copy.chmod(0o600);
    await copy.datasync();
    return copy;
  } catch (error) {
    await copy.close();
    throw error;
  }
}

/** Copies what was written meanwhile, until little is left or the rounds are over; says how far it came. */
async function catchUp(live: FileHandle, copy: FileHandle, from: number, rounds: number) {
  const chunk = Buffer.allocUnsafeSlow(chunkBytes);
  let copied = from;
  for (let round = 0; round < rounds; round += 1) {
    const { size } = await live.stat();
    const before = copied;
    while (copied < size) {
      const { bytesRead } = await live.read(chunk, 0, Math.min(chunkBytes, size - copied), copied);
      if (bytesRead === 0) break;
      await writeAll(copy, chunk.subarray(0, bytesRead), copied);
      copied += bytesRead;
    }
    if (copied - before <= restBytes) break;
  }
  return copied;
}

async function writeAll(copy: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await copy.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function cutOver(job: RotationJob, live: FileHandle, copy: FileHandle, copied: number) {
  const { writers } = job;
  // A reader in this thread, too, waits for the journal to go, without a turn of the event loop: no await may come before that.
  const finish = (): void => job.ports.files.unlinkSync(job.files.journal);
  if (writers === null || writers === 'this-thread') {
    const bytes = swap(job, live, copy, copied);
    finish();
    return { bytes, pauseMs: 0 };
  }
  const guard = await startResumeGuard(writers.groupId, job.files, job.stem);
  if (guard === null) throw new Abandoned('cannot-pause');
  const hasStopped = job.ports.watchGroup(writers.groupId);
  const caughtUp = await catchUp(live, copy, copied, 1); // The guard took its time.
  // From here to the resume nothing may wait: every call is synchronous.
  const start = performance.now();
  let bytes: number;
  try {
    if (!pauseGroup(writers, hasStopped)) throw new Abandoned('cannot-pause');
    bytes = swap(job, live, copy, caughtUp);
  } finally {
    writers.resume();
    guard.release();
  }
  const pauseMs = performance.now() - start;
  finish();
  return { bytes, pauseMs };
}

/** Copies the rest, then makes the copy the truth. All of it is synchronous: no writer of this thread comes in between. */
function swap(
  { files, stem, writers, ports: { files: calls } }: RotationJob,
  live: FileHandle,
  copy: FileHandle,
  copied: number,
): number {
  const bytes = copyRest(calls, live.fd, copy.fd, copied);
  if (writers === null && bytes !== copied) throw new Abandoned('still-writing');
  writeJournal(calls, files.journal, stem);
  calls.ftruncateSync(live.fd, 0);
  calls.renameSync(files.partial(files.segment(stem)), files.segment(stem));
  return bytes;
}

/** Names the rotation, so that a guard that comes late does not take that of a successor for its own. */
function writeJournal(calls: RotationCalls, path: string, stem: string): void {
  const journal = calls.openSync(path, 'wx', 0o600);
  try {
    const name = Buffer.from(`${stem}\n`);
    calls.writeSync(journal, name, 0, name.length, 0);
  } finally {
    calls.closeSync(journal);
  }
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

function notRotated(job: RotationJob, error: unknown): NotRotated {
  const failure = error instanceof Error ? error : new Error(String(error));
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
  const reason = error instanceof Abandoned ? error.reason : full ? 'disk-full' : 'failed';
  const at = job.ports.now();
  return { rotated: false, at, reason, error: error instanceof Abandoned ? null : failure };
}
