import { setImmediate as turn } from 'node:timers/promises';
import type { Filter } from './filter.ts';
import { follow } from './follow.ts';
import type { LogRecord } from './log-record.ts';
import { mergeByTime, type SourcedRecord } from './merge-by-time.ts';
import { openPast, type Past } from './open-past.ts';
import { recordsOf } from './read-log.ts';
import type { ReadMatches } from './read-matches.ts';
import { filterFrom, type ReadOptions } from './read-options.ts';
import { withTurns } from './with-turns.ts';

/** One of several logs that are read as one. */
export interface LogSource {
  /** What its records are called in {@link SourcedRecord}. */
  readonly source: string;
  /** The folder of the log. */
  readonly directory: string;
  /** The log's name: `node` for `node.log`. */
  readonly name: string;
}

/** Which records of several logs to read: as for one, and `lines` counts those of all logs together. */
export type ReadLogsOptions = Omit<ReadOptions, 'directory' | 'name'>;

/**
 * Reads several logs as one, by time. Each keeps its own order, also where its times run back; a record without a time goes with the one
 * before it. What is followed comes as it is written.
 *
 * @throws {@link LogsError} `bad-pattern`, `bad-option`
 * @example
 * const sources = [
 *   { source: 'node', directory: 'logs', name: 'node' },
 *   { source: 'supervisor', directory: 'logs', name: 'wemixvisor' },
 * ];
 * for await (const { source, record } of readLogs(sources, { lines: 100 })) {
 *   console.log(source, record.message);
 * }
 */
export async function* readLogs(
  sources: readonly LogSource[],
  options: ReadLogsOptions,
): AsyncGenerator<SourcedRecord, void> {
  const filter = filterFrom(options);
  const opened: Opened[] = [];
  try {
    for (const log of sources) {
      const { directory, name } = log;
      opened.push({
        log,
        past: await openPast({ ...options, directory, name }, filter, 'records'),
      });
    }
    yield* pastOf(opened, options);
  } finally {
    for (const { past } of opened) past.log.close();
  }
  if (options.follow === true) yield* live(opened, options, filter);
}

interface Opened {
  readonly log: LogSource;
  readonly past: Past;
}

async function* pastOf(
  opened: readonly Opened[],
  { lines = 'all', shared, signal }: ReadLogsOptions,
): AsyncGenerator<SourcedRecord, void> {
  const count = opened.reduce((sum, { past }) => sum + (past.selected?.count ?? 0), 0);
  let tooMany = lines === 'all' ? 0 : count - lines;
  const records = opened.map(({ log, past }) => ({
    source: log.source,
    records: pastRecords(past, shared),
  }));
  for await (const sourced of withTurns(mergeByTime(records))) {
    if (signal?.aborted === true) return;
    tooMany -= 1;
    if (tooMany < 0) yield sourced;
  }
}

function* pastRecords(
  { log, selected }: Past,
  shared: boolean | undefined,
): Generator<LogRecord, void> {
  if (selected === null) return;
  const { moments, matches } = selected;
  for (const found of matches) yield* recordsOf({ ...found, log, moments }, shared);
}

async function* live(
  opened: readonly Opened[],
  { shared, signal, finish, now = () => new Date() }: ReadLogsOptions,
  filter: Filter,
): AsyncGenerator<SourcedRecord, void> {
  // Whoever reads on no more must not leave a follower waiting for a change.
  const end = new AbortController();
  const ends = signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]);
  const followers = opened.map(({ log, past: { cursor } }) => ({
    source: log.source,
    found: follow({ ...log, filter, cursor, grain: 'records', signal: ends, finish, now }),
  }));
  try {
    for await (const found of inConcert(followers)) {
      yield* mergeByTime(
        found.map(({ source, value }) => ({ source, records: recordsOf(value, shared) })),
      );
    }
  } finally {
    end.abort();
  }
}

interface Follower {
  readonly source: string;
  readonly found: AsyncGenerator<ReadMatches, void>;
}

interface Arrival {
  readonly source: string;
  readonly value: ReadMatches;
}

/** What arrives of any follower, together with what arrives of the others at the same moment. */
async function* inConcert(
  followers: readonly Follower[],
): AsyncGenerator<readonly Arrival[], void> {
  let arrived: (Arrival & Follower)[] = [];
  const pending = new Map<Follower, Promise<void>>();
  const ask = (follower: Follower): void => {
    const asked = follower.found.next().then(({ done, value }) => {
      pending.delete(follower);
      if (done !== true) arrived.push({ ...follower, value });
    });
    pending.set(follower, asked);
  };
  followers.forEach(ask);
  while (pending.size > 0) {
    await Promise.race(pending.values());
    await turn();
    const together = arrived;
    arrived = [];
    if (together.length > 0) yield together;
    together.forEach(({ source, found }) => ask({ source, found }));
  }
}
