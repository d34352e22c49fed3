import type { OpenLog } from '../open/open-log.ts';

/** A place in the log that outlasts rotations: so many bytes into the file that comes, or came, after a segment. */
export interface Cursor {
  /** The segment's stem; null for the first file of the log. */
  readonly after: string | null;
  readonly offset: number;
}

/** The cursor of a position; at the end of a segment it is the beginning of what follows. `after` is where the open log itself begins. */
export function cursorAt(log: OpenLog, position: number, after: string | null): Cursor {
  const part = log.parts.findLast(({ base }) => base <= position);
  if (part === undefined) return { after, offset: 0 };
  const end = part.base + part.source.size;
  if (part.stem !== null && position === end) return { after: part.stem, offset: 0 };
  const before = log.parts[log.parts.indexOf(part) - 1];
  return { after: before?.stem ?? part.after ?? after, offset: position - part.base };
}

/**
 * Where a cursor is in a log opened later; a rotation may have moved the bytes up to it to a segment, or only some of them. At the beginning of
 * what follows its segment if the file it was in is gone: removed, when a slow reader was overtaken by the limits, or truncated by another program.
 */
export function positionOf({ after, offset }: Cursor, log: OpenLog): number {
  const part = log.parts.find(({ stem }) => stem === null || after === null || stem > after);
  if (part === undefined) return log.size;
  if (offset > log.size - part.base) return part.base;
  const isLater = part.after !== null && (after === null || part.after > after);
  return isLater ? part.base : part.base + offset;
}
