import type { Level } from '../format/level.ts';
import type { Filter } from './filter.ts';
import { cursorAt, finishedEnd, follow, type Cursor } from './follow.ts';
import type { LogRecord } from './log-record.ts';
import { openLog } from './open-log.ts';
import { compilePattern } from './pattern.ts';
import type { Found } from './scan.ts';
import { select } from './selection.ts';
import { withTurns } from './with-turns.ts';

/** Which records of a log to read. All conditions must hold. */
export interface ReadOptions {
  /** The folder of the log. */
  readonly directory: string;
  /** The log's name: `node` for `node.log`. */
  readonly name: string;
  /** The last N of the records that fit, or all of them. @default 'all' */
  readonly lines?: number | 'all';
  /** Not before this moment. */
  readonly since?: Date | null;
  /** Not after this moment. */
  readonly until?: Date | null;
  /** A regular expression, tried on each record; see {@link compilePattern}. */
  readonly grep?: RegExp | string | null;
  /** `grep` matches letters in either case. @default false */
  readonly ignoreCase?: boolean;
  /** Records that `grep` does not match. @default false */
  readonly invert?: boolean;
  /** At least this severe. */
  readonly level?: Level | null;
  /** Go on with new records until aborted. @default false */
  readonly follow?: boolean;
  /** Ends the reading, without an error. */
  readonly signal?: AbortSignal;
  /** Ends a following once all that is in the log by then was given, an unfinished last line too. */
  readonly finish?: AbortSignal;
  /** The clock. @default the system's */
  readonly now?: () => Date;
}

/**
 * Reads a log from its files, with or without anyone writing to it: oldest first, rotated parts and live file as one.
 * An absent log is an empty one; with `follow` it is waited for.
 *
 * @throws {@link LogsError} `bad-pattern`, `bad-option`
 * @example
 * for await (const record of readLog({ directory: 'logs', name: 'node', lines: 100, grep: 'peer' })) {
 *   console.log(record.time, record.message);
 * }
 */
export async function* readLog(options: ReadOptions): AsyncGenerator<LogRecord, void> {
  const { directory, name, signal, finish, now = () => new Date() } = options;
  const filter = filterFrom(options);
  const cursor: { at: Cursor } = { at: { after: null, offset: 0 } };
  for await (const batch of past(options, filter, cursor)) {
    for (const { record } of batch) yield record;
    if (signal?.aborted === true) return;
  }
  if (options.follow !== true) return;
  const following = { directory, name, filter, cursor: cursor.at, signal, finish, now };
  for await (const batch of follow(following)) {
    for (const { record } of batch) yield record;
  }
}

async function* past(
  options: ReadOptions,
  filter: Filter,
  cursor: { at: Cursor },
): AsyncGenerator<readonly Found[], void> {
  const log = await openLog(options.directory, options.name);
  try {
    // A follower leaves the unfinished last line to the follow, which waits for its end.
    const to = options.follow === true ? finishedEnd(log) : log.size;
    cursor.at = cursorAt(log, to, null);
    yield* withTurns(select({ log, filter, from: 0, to }, options.lines ?? 'all'));
  } finally {
    log.close();
  }
}

/** The last `count` records of a log as text, bytes that are no UTF-8 replaced: a stopped node's own last words. */
export async function lastLines(
  directory: string,
  name: string,
  count: number,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { bytes } of readLog({ directory, name, lines: count })) {
    lines.push(...Buffer.from(bytes).toString('utf8').split('\n'));
  }
  return count === 0 ? [] : lines.slice(-count);
}

function filterFrom({ since, until, grep, ignoreCase, invert, level }: ReadOptions): Filter {
  return {
    since: since ?? null,
    until: until ?? null,
    grep:
      grep === undefined || grep === null
        ? null
        : compilePattern(grep, { ignoreCase: ignoreCase ?? false }),
    invert: invert ?? false,
    level: level ?? null,
  };
}
