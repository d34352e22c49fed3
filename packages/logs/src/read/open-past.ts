import type { Filter } from './filter.ts';
import { cursorAt, finishedEnd, type Cursor } from './follow.ts';
import type { Grain } from './matches.ts';
import { openLog, type OpenLog } from './open-log.ts';
import type { ReadOptions } from './read-options.ts';
import { select, type Selected } from './selection.ts';
import { inTurns } from './with-turns.ts';

/** What a log holds at one moment of what is wanted. */
export interface Past {
  readonly log: OpenLog;
  /** Null when the reading was aborted first. */
  readonly selected: Selected | null;
  /** Where a following goes on. */
  readonly cursor: Cursor;
}

/** Opens a log and finds out where its wanted records are; the caller closes it. */
export async function openPast(
  { directory, name, follow, lines = 'all', signal }: ReadOptions,
  filter: Filter,
  grain: Grain,
): Promise<Past> {
  const log = await openLog(directory, name);
  try {
    // A follower leaves the unfinished last line to the follow, which waits for its end.
    const to = follow === true ? finishedEnd(log) : log.size;
    const selection = { log, filter, from: 0, to, lines, grain };
    const selected = await inTurns(select(selection), signal);
    return { log, selected, cursor: cursorAt(log, to, null) };
  } catch (error) {
    log.close();
    throw error;
  }
}
