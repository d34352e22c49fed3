import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { LogFiles } from './layout.ts';

/*
 * The journal of a rotation exists while bytes move from the live file to a segment:
 *
 *   cut node-20260304T091502118Z 104857600 1835027 9fd1…
 *   marked
 *
 * The way of the rotation, the segment, the bytes that move, the inode of the live file, and the mark: random bytes that are written over the
 * beginning of the live file before it is cut. Once the second line is there, the live file has been cut if and only if the mark is gone,
 * whatever the writers wrote meanwhile. A first line that is torn stands for a rotation that has not begun.
 */

/** What is known of a rotation that is under way. */
export interface RotationJournal {
  /** `cut`: the head of the live file is collapsed; `swap`: the paused live file is truncated. */
  readonly way: 'cut' | 'swap';
  readonly stem: string;
  /** Bytes of the live file that move to the segment. */
  readonly bytes: number;
  readonly inode: number;
  readonly mark: Buffer;
  readonly isMarked: boolean;
}

const markedLine = 'marked\n';

/** The first line of a journal. */
export function formatJournal({ way, stem, bytes, inode, mark }: RotationJournal): string {
  return `${way} ${stem} ${bytes} ${inode} ${mark.toString('hex')}\n`;
}

/** The line that is added once the mark is in the live file. */
export const markedNote: Buffer = Buffer.from(markedLine);

/**
 * The journal of a rotation that is under way, or was when its process died; null when there is none that says anything.
 *
 * @throws the system's error when it is there and cannot be read
 */
export function readJournal(path: string): RotationJournal | null {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const found = /^(cut|swap) (\S+) (\d+) (\d+) ((?:[0-9a-f]{2})+)\n/.exec(text);
  if (found === null) return null;
  const [first, way, stem = '', bytes, inode, mark = ''] = found;
  return {
    way: way === 'cut' ? 'cut' : 'swap',
    stem,
    bytes: Number(bytes),
    inode: Number(inode),
    mark: Buffer.from(mark, 'hex'),
    isMarked: text.slice(first.length) === markedLine,
  };
}

/** Whether the live file behind a descriptor still begins with the bytes that a journal moves. */
export function isUncut(live: number, { inode, mark, isMarked }: RotationJournal): boolean {
  if (fstatSync(live).ino !== inode) return false; // Another program put another file in its place.
  if (!isMarked) return true;
  const head = Buffer.alloc(mark.length);
  return readSync(live, head, 0, head.length, 0) === mark.length && head.equals(mark);
}

/**
 * How many bytes at the beginning of the live file are those of a segment too: more than 0 only where a rotation was interrupted and nobody has
 * settled it yet. None are known where the journal cannot be read.
 */
export function movedBytes(files: LogFiles, segment: string | null): number {
  const journal = journalOrNull(files.journal);
  if (journal === null || journal.stem !== segment || !existsSync(files.live)) return 0;
  const live = openSync(files.live, 'r');
  try {
    return isUncut(live, journal) ? journal.bytes : 0;
  } finally {
    closeSync(live);
  }
}

function journalOrNull(path: string): RotationJournal | null {
  try {
    return readJournal(path);
  } catch {
    return null;
  }
}
