import { existsSync, readFileSync } from 'node:fs';
import { parseIndex } from '../time-index.ts';
import type { Filter } from './filter.ts';
import { lineStartIn } from './line-edges.ts';
import type { Grain } from './matches.ts';
import { openLog, type LogPart, type OpenLog } from './open-log.ts';
import type { ReadMatches } from './read-matches.ts';
import { select } from './selection.ts';
import { watchFolder } from './wait-for-change.ts';
import { inTurns, withTurns } from './with-turns.ts';

/** A place in the log that outlasts rotations: so many bytes into the file that comes, or came, after a segment. */
export interface Cursor {
  readonly after: string | null;
  readonly offset: number;
}

/** Where following begins and what it lets through. */
export interface FollowOptions {
  readonly directory: string;
  readonly name: string;
  readonly filter: Filter;
  readonly cursor: Cursor;
  readonly grain: Grain;
  readonly signal: AbortSignal | undefined;
  /** Aborted: what is there now is given, and then it ends. */
  readonly finish: AbortSignal | undefined;
  readonly now: () => Date;
}

/** Milliseconds that an unfinished line may wait for its end. */
const patienceMs = 1000;

/** Yields what is appended, across rotations, until aborted or past the filter's `until`. */
export async function* follow(options: FollowOptions): AsyncGenerator<ReadMatches, void> {
  const { directory, name, signal, finish, now } = options;
  const { until } = options.filter;
  const ends = [signal, finish].filter((end) => end !== undefined);
  const changes = watchFolder(directory, AbortSignal.any(ends));
  let { cursor } = options;
  let unfinished = { bytes: 0, since: now().getTime() };
  try {
    while (signal?.aborted !== true) {
      const isLast = finish?.aborted === true;
      const log = await openLog(directory, name, cursor.after);
      try {
        const from = startIn(log, cursor);
        const isOverdue = unfinished.bytes > 0 && now().getTime() - unfinished.since >= patienceMs;
        const to = isOverdue || isLast ? log.size : Math.max(from, finishedEnd(log));
        if (to > from) yield* between(log, options, from, to);
        cursor = cursorAt(log, to, cursor.after);
        const waiting = log.size - to;
        if (waiting !== unfinished.bytes || to > from) {
          unfinished = { bytes: waiting, since: now().getTime() };
        }
        if (to > from && !isLast) continue;
      } finally {
        log.close();
      }
      if (isLast) return;
      if (until !== null && now() > until) return;
      await changes.wait();
    }
  } finally {
    changes.close();
  }
}

async function* between(
  log: OpenLog,
  { filter, grain, signal }: FollowOptions,
  from: number,
  to: number,
): AsyncGenerator<ReadMatches, void> {
  const selected = await inTurns(select({ log, filter, grain, from, to, lines: 'all' }), signal);
  if (selected === null) return;
  const { moments } = selected;
  for await (const matches of withTurns(selected.matches)) {
    if (matches.spans.length > 0) yield { ...matches, log, moments };
  }
}

/** Where the last finished line ends. */
export function finishedEnd(log: OpenLog): number {
  return lineStartIn(log, 0, log.size);
}

/** The cursor of a position; at the end of a segment it is the beginning of what follows. */
export function cursorAt(log: OpenLog, position: number, after: string | null): Cursor {
  const part = log.parts.findLast(({ base }) => base <= position);
  if (part === undefined) return { after, offset: 0 };
  const end = part.base + part.source.size;
  if (part.stem !== null && position === end) return { after: part.stem, offset: 0 };
  const before = log.parts[log.parts.indexOf(part) - 1];
  return { after: before?.stem ?? part.after ?? after, offset: position - part.base };
}

/**
 * Where a cursor is in a log opened after it. At the beginning if the file it was in is gone: removed, when a slow reader was overtaken by
 * the limits, or cut by another program.
 */
function startIn(log: OpenLog, { after, offset }: Cursor): number {
  const [part] = log.parts;
  if (part === undefined || offset > part.source.size) return 0;
  const known = predecessorOf(log, part);
  // An index that still names an older one is about to be renamed: the rotation is just over.
  const isLater = known !== null && (after === null || known > after);
  return isLater ? 0 : offset;
}

function predecessorOf({ files }: OpenLog, { stem }: LogPart): string | null {
  const path = stem === null ? files.index : files.segmentIndex(stem);
  if (!existsSync(path)) return null;
  return parseIndex(readFileSync(path, 'latin1').slice(0, 256))?.after ?? null;
}
