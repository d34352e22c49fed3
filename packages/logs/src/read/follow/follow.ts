import type { ParseLine } from '../../format/parsed-line.ts';
import type { LogReaderPorts } from '../reader-ports.ts';
import { lineStartIn } from '../open/line-edges.ts';
import { openLog, type OpenLog } from '../open/open-log.ts';
import type { Filter } from '../select/filter.ts';
import type { Granularity, ReadMatches } from '../select/matches.ts';
import { select } from '../select/select.ts';
import { runYielding, yielding } from '../yielding.ts';
import { rest } from './rest.ts';
import { cursorAt, positionOf, type Cursor } from './cursor.ts';

/** Where following begins and which records it gives. */
export interface FollowOptions {
  readonly directory: string;
  readonly name: string;
  readonly filter: Filter;
  readonly cursor: Cursor;
  readonly granularity: Granularity;
  readonly parse?: ParseLine | undefined;
  /** Milliseconds between two looks, at least. */
  readonly everyMs: number;
  readonly signal: AbortSignal | undefined;
  /** Aborted: what is there now is given, and then it ends. */
  readonly finish: AbortSignal | undefined;
  readonly ports: LogReaderPorts;
}

/** Milliseconds that an unfinished line may wait for its end. */
const unfinishedLineMs = 1000;

/** Yields what is appended, across rotations, until aborted or past the filter's `until`. */
export async function* follow(options: FollowOptions): AsyncGenerator<ReadMatches, void> {
  const { directory, name, everyMs, signal, finish, parse, ports } = options;
  const { clock } = ports;
  const overlaps = (options.filter.context?.before ?? 0) > 0;
  const until = options.filter.until?.getTime() ?? Infinity;
  const signals = [signal, finish].filter((each) => each !== undefined);
  const changes = ports.watchFolder(directory, signals, clock);
  let { cursor } = options;
  let unfinished = { bytes: 0, since: clock.monotonic() };
  try {
    while (signal?.aborted !== true) {
      const isLast = finish?.aborted === true;
      let hasMore = false;
      const log = await openLog(directory, name, { after: cursor.after, overlaps, parse });
      try {
        const from = positionOf(cursor, log);
        const isOverdue =
          unfinished.bytes > 0 && clock.monotonic() - unfinished.since >= unfinishedLineMs;
        const to = isOverdue || isLast ? log.size : Math.max(from, finishedEnd(log));
        if (to > from) yield* matchesBetween(log, options, from, to);
        cursor = cursorAt(log, to, cursor.after);
        const bytes = log.size - to;
        if (bytes !== unfinished.bytes || to > from) {
          unfinished = { bytes, since: clock.monotonic() };
        }
        hasMore = to > from && !isLast;
      } finally {
        log.close();
      }
      if (!hasMore) {
        if (isLast || clock.now() > until) return;
        await changes.wait();
      }
      if (everyMs > 0) await rest(everyMs, signals, clock);
    }
  } finally {
    changes.close();
  }
}

async function* matchesBetween(
  log: OpenLog,
  { filter, granularity, signal }: FollowOptions,
  from: number,
  to: number,
): AsyncGenerator<ReadMatches, void> {
  const selection = { log, filter, granularity, floor: 0, from, to, lines: 'all' } as const;
  const selected = await runYielding(select(selection), signal);
  if (selected === null) return;
  const { timeLookup } = selected;
  for await (const matches of yielding(selected.matches)) {
    if (matches.spans.length > 0) yield { ...matches, log, timeLookup };
  }
}

/** Where the last finished line ends. */
export function finishedEnd(log: OpenLog): number {
  return lineStartIn(log, 0, log.size);
}
