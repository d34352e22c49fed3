import { cursorAt, type Cursor } from './follow/cursor.ts';
import { finishedEnd } from './follow/follow.ts';
import { positionOf } from '../log-mark.ts';
import { openLog, type OpenLog } from './open/open-log.ts';
import type { ReadOptions } from './read-options.ts';
import type { Filter } from './select/filter.ts';
import type { Granularity } from './select/matches.ts';
import { select, type Selected } from './select/select.ts';
import { runYielding } from './yielding.ts';

/** The wanted records that a log holds at one moment. */
export interface Snapshot {
  readonly log: OpenLog;
  /** Null when the reading was aborted first. */
  readonly selected: Selected | null;
  /** Where following goes on. */
  readonly cursor: Cursor;
}

/** Opens a log and finds out where its wanted records are; the caller closes it. */
export async function openSnapshot(
  {
    directory,
    name,
    follow,
    lines = 'all',
    after = null,
    before = null,
    signal,
    parse,
    progress,
  }: ReadOptions,
  filter: Filter,
  granularity: Granularity,
): Promise<Snapshot> {
  const log = await openLog(directory, name, { parse });
  try {
    // An unfinished last line is left to `follow`, which waits for its end.
    const end = follow === true ? finishedEnd(log) : log.size;
    const from = after === null ? 0 : positionOf(after, log);
    const to = Math.max(from, before === null ? end : Math.min(end, positionOf(before, log)));
    const selection = { log, filter, from, to, lines, granularity, progress };
    const selected = await runYielding(select(selection), signal);
    return { log, selected, cursor: cursorAt(log, to, null) };
  } catch (error) {
    log.close();
    throw error;
  }
}
