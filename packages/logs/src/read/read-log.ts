import type { Level } from '../format/level.ts';
import { filesOf } from '../layout.ts';
import { backwardBlocks, forwardBlocks } from './blocks.ts';
import type { Filter } from './filter.ts';
import { followLive } from './follow.ts';
import type { LogRecord } from './log-record.ts';
import { partsOf, type Part } from './parts.ts';
import { compilePattern } from './pattern.ts';
import { scanBlock } from './scan.ts';

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
  const filter = filterFrom(options);
  const { directory, name, lines = 'all', signal } = options;
  const parts = partsOf(directory, name);
  const ends = { live: 0 };
  const past = lines === 'all' ? all(parts, filter, ends) : last(parts, filter, lines, ends);
  for (const record of past) {
    if (signal?.aborted === true) return;
    yield record;
  }
  if (options.follow === true) {
    yield* followLive({
      directory,
      path: filesOf(directory, name).live,
      from: ends.live,
      filter,
      signal,
    });
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

function* all(
  parts: readonly Part[],
  filter: Filter,
  ends: { live: number },
): Generator<LogRecord, void> {
  for (const part of parts) {
    const source = part.open();
    try {
      for (const block of forwardBlocks(source, 0, source.size)) {
        yield* scanBlock(block, { filter, near: part.near });
      }
      ends.live = source.size;
    } finally {
      source.close();
    }
  }
}

function last(
  parts: readonly Part[],
  filter: Filter,
  count: number,
  ends: { live: number },
): readonly LogRecord[] {
  const found: LogRecord[][] = [];
  let missing = count;
  for (const part of [...parts].reverse()) {
    const source = part.open();
    if (part === parts.at(-1)) ends.live = source.size;
    try {
      for (const block of backwardBlocks(source, 0, source.size)) {
        if (missing <= 0) break;
        const records = [...scanBlock(block, { filter, near: part.near })].slice(-missing);
        found.push(records);
        missing -= records.length;
      }
    } finally {
      source.close();
    }
  }
  return found.reverse().flat();
}
