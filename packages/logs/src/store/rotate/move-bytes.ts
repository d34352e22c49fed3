import { randomBytes } from 'node:crypto';
import type { LogFiles } from '../../layout.ts';
import type { RotationCalls } from '../../ports.ts';
import type { RotationJob } from './rotation-job.ts';
import {
  formatJournal,
  isUncut,
  markedNote,
  type RotationJournal,
} from '../../rotation-journal.ts';

/** What became a segment. */
export interface Moved {
  readonly stem: string;
  readonly bytes: number;
}

/** Bytes of a mark; fewer where fewer move. */
const markBytes = 32;

/** Makes the mark of a rotation, of bytes that no text holds: each has its highest bit set. */
export function createMark(bytes: number): Buffer {
  return randomBytes(Math.min(markBytes, bytes)).map((byte) => byte | 0x80) as Buffer;
}

/** Gives the copy its final name as a copy, and says which it is. */
export function nameCopy({ files, stem, finalStem, ports }: RotationJob): string {
  const named = finalStem();
  const partialOf = (name: string): string => files.partial(files.segment(name));
  if (named !== stem) ports.files.renameSync(partialOf(stem), partialOf(named));
  return named;
}

/** The first step of moving bytes: from here on readers wait, and the copy is a segment. */
export function beginMove(calls: RotationCalls, files: LogFiles, journal: RotationJournal): void {
  const descriptor = calls.openSync(files.journal, 'wx', 0o600);
  try {
    const line = Buffer.from(formatJournal(journal));
    calls.writeSync(descriptor, line, 0, line.length, 0);
  } finally {
    calls.closeSync(descriptor);
  }
  const segment = files.segment(journal.stem);
  calls.renameSync(files.partial(segment), segment);
}

/** The second step: marks the beginning of the live file, and notes in the journal that the mark is there. Harmless when repeated. */
export function markHead(
  calls: RotationCalls,
  files: LogFiles,
  live: number,
  journal: RotationJournal,
): RotationJournal {
  if (journal.isMarked) return journal;
  calls.writeSync(live, journal.mark, 0, journal.mark.length, 0);
  const descriptor = calls.openSync(files.journal, 'r+');
  try {
    const { length } = formatJournal(journal);
    calls.writeSync(descriptor, markedNote, 0, markedNote.length, length);
  } finally {
    calls.closeSync(descriptor);
  }
  return { ...journal, isMarked: true };
}

/**
 * Marks and collapses the head of the live file, unless that was done, and removes the journal, which ends the rotation. May be repeated
 * whenever it was interrupted.
 *
 * @throws when the head could not be cut; the journal is then left, and readers know by it what is in the segment already
 */
export function finishCut(
  calls: RotationCalls,
  files: LogFiles,
  live: number,
  journal: RotationJournal,
): void {
  if (isUncut(live, journal)) {
    const marked = markHead(calls, files, live, journal);
    calls.collapseSync(live, marked.bytes);
    if (isUncut(live, marked)) throw new Error('the head of the log was not cut');
  }
  calls.unlinkSync(files.journal);
}

/**
 * Takes back a rotation whose bytes are still in the live file: gives the live file its beginning again, and then removes what was copied. Each step
 * leaves a state that is known again.
 */
export function undoMove(
  calls: RotationCalls,
  files: LogFiles,
  live: number,
  journal: RotationJournal,
): void {
  const segment = files.segment(journal.stem);
  const partial = files.partial(segment);
  try {
    calls.renameSync(segment, partial);
  } catch (error) {
    // Undone before as far as this.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // The mark may be there before the journal says so.
  if (isUncut(live, journal)) {
    const copy = calls.openSync(partial, 'r');
    try {
      const head = Buffer.alloc(journal.mark.length);
      calls.readSync(copy, head, 0, head.length, 0);
      calls.writeSync(live, head, 0, head.length, 0);
    } finally {
      calls.closeSync(copy);
    }
  }
  calls.unlinkSync(files.journal);
  calls.unlinkSync(partial);
}
