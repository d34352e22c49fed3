import { createRecords, type LogRecord } from './record/log-record.ts';
import type { LogReaderPorts } from './reader-ports.ts';
import { readMatches } from './read-matches.ts';
import { marks, type ReadMatches } from './select/matches.ts';
import type { ReadOptions } from './read-options.ts';

/**
 * Reads a log from its files, with or without anyone writing to it: oldest first, rotated parts and live file as one.
 * An absent log is an empty one; with `follow` it is waited for.
 *
 * @throws LogsError `BAD_PATTERN`, `BAD_OPTION`
 * @example
 * for await (const record of readLog({ directory: 'logs', name: 'node', lines: 100, grep: 'peer' })) {
 *   console.log(record.time, record.message);
 * }
 */
export async function* readLog(
  options: ReadOptions,
  ports: Partial<LogReaderPorts> = {},
): AsyncGenerator<LogRecord, void> {
  for await (const matches of readMatches(options, 'records', ports)) {
    yield* recordsOf(matches, options.shared);
    if (options.signal?.aborted === true) return;
  }
}

/** The records of one block, in bytes of their own unless they may be shared. */
export function* recordsOf(
  { log, timeLookup, block, spans, marks: given }: ReadMatches,
  shared = false,
): Generator<LogRecord, void> {
  const records = createRecords(log, timeLookup, block);
  const make = shared ? records.view : records.detached;
  for (let at = 0; at < spans.length; at += 2) {
    const record = make(spans[at] ?? 0, spans[at + 1] ?? 0);
    const mark = given?.[at / 2] ?? 0;
    record.isContext = (mark & marks.context) !== 0;
    record.isApart = (mark & marks.apart) !== 0;
    yield record;
  }
}

/** Characters of a line that are shown in full. */
const longestLastLine = 16 * 1024;

/**
 * The last `count` lines of a log as text, such as the last words of a stopped node; with `after` only of those behind this mark of the log.
 * Bytes that are not UTF-8 are replaced. A line of more than 16 Ki characters is cut, with `…` for the rest.
 *
 * @throws LogsError `BAD_OPTION`; the system's error where a file cannot be read.
 * @example
 * for (const line of await lastLines('/srv/geth/logs', 'node', 10)) console.log(line);
 */
export async function lastLines(
  directory: string,
  name: string,
  count: number,
  after: string | null = null,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const record of readLog({ directory, name, lines: count, after, shared: true })) {
    const [beginning = new Uint8Array()] = record.pieces();
    const text = Buffer.from(beginning).toString('utf8');
    for (const line of text.split('\n')) {
      const isLong = line.length > longestLastLine;
      lines.push(isLong ? `${line.slice(0, longestLastLine)}…` : line);
    }
  }
  return count === 0 ? [] : lines.slice(-count);
}
