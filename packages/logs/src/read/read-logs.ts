import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemReaderPorts, type LogReaderPorts } from './reader-ports.ts';
import type { Filter } from './select/filter.ts';
import { follow } from './follow/follow.ts';
import type { LogRecord } from './record/log-record.ts';
import { mergeByTime, type SourcedRecord } from './merge-by-time.ts';
import { openSnapshot, type Snapshot } from './open-snapshot.ts';
import { recordsOf } from './read-log.ts';
import { filterFrom, type ReadOptions } from './read-options.ts';
import type { ReadMatches } from './select/matches.ts';
import { yielding } from './yielding.ts';

/** One of several logs that are read as one. */
export interface LogSource {
  /** What its records are called in {@link SourcedRecord}. */
  readonly source: string;
  /** The folder of the log. */
  readonly directory: string;
  /** The log's name: `node` for `node.log`. */
  readonly name: string;
  /** Where to begin and to end in this log, in place of what is said for all. */
  readonly within?: Pick<ReadOptions, 'after' | 'before' | 'since' | 'until'>;
}

/** Which records of several logs to read: as for one, and `lines` counts those of all logs together. */
export interface ReadLogsOptions extends Omit<ReadOptions, 'directory' | 'name'> {
  /**
   * A moment: of the records that fit, so many of those before it as `context.before` says, and so many of those from it on as `context.after` says.
   * @default none
   */
  readonly around?: Date | null;
}

/**
 * Reads several logs as one, by time. Each keeps its own order, also where its times run back; a record without a time goes with the one
 * before it. What is followed comes as it is written.
 *
 * @throws LogsError `BAD_PATTERN`, `BAD_OPTION`
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
  ports: Partial<LogReaderPorts> = {},
): AsyncGenerator<SourcedRecord, void> {
  const { around = null } = options;
  if (around !== null) {
    yield* readAround(sources, options, around, ports);
    return;
  }
  const opened: Opened[] = [];
  try {
    for (const log of sources) {
      const { directory, name, within } = log;
      const own = { ...options, ...within, directory, name };
      const filter = filterFrom(own);
      opened.push({ log, filter, snapshot: await openSnapshot(own, filter, 'records') });
    }
    yield* recordsThere(opened, options);
  } finally {
    for (const { snapshot } of opened) snapshot.log.close();
  }
  if (options.follow !== true) return;
  const open = opened.filter(({ log }) => (log.within?.before ?? options.before ?? null) === null);
  yield* recordsToCome(open, options, { ...systemReaderPorts, ...ports });
}

async function* readAround(
  sources: readonly LogSource[],
  { context, ...options }: ReadLogsOptions,
  around: Date,
  ports: Partial<LogReaderPorts>,
): AsyncGenerator<SourcedRecord, void> {
  const { before, after } = context ?? { before: 0, after: 0 };
  const all = { ...options, around: null };
  const limited = (limit: (typed: Times) => Times) =>
    sources.map((log) => ({
      ...log,
      within: { ...log.within, ...limit({ ...options, ...log.within }) },
    }));
  const justBefore = new Date(around.getTime() - 1);
  const earlier = limited(({ since = null, until }) => ({
    since,
    until: sooner(until, justBefore),
  }));
  yield* readLogs(earlier, { ...all, lines: before, follow: false }, ports);
  const later = limited(({ since, until = null }) => ({ since: latest(since, around), until }));
  let left = after;
  if (left === 0) return;
  for await (const sourced of readLogs(later, { ...all, lines: 'all' }, ports)) {
    yield sourced;
    left -= 1;
    if (left === 0) return;
  }
}

type Times = Pick<ReadOptions, 'since' | 'until'>;

const sooner = (one: Times['until'], other: Date) => (one && one < other ? one : other);
const latest = (one: Times['since'], other: Date) => (one && one > other ? one : other);

interface Opened {
  readonly log: LogSource;
  readonly filter: Filter;
  readonly snapshot: Snapshot;
}

/** The records that the logs hold now. */
async function* recordsThere(
  opened: readonly Opened[],
  { lines = 'all', shared, signal }: ReadLogsOptions,
): AsyncGenerator<SourcedRecord, void> {
  const count = opened.reduce((sum, { snapshot }) => sum + (snapshot.selected?.count ?? 0), 0);
  let tooMany = lines === 'all' ? 0 : count - lines;
  const records = opened.map(({ log, snapshot }) => ({
    source: log.source,
    records: snapshotRecords(snapshot, shared),
  }));
  for await (const sourced of yielding(mergeByTime(records))) {
    if (signal?.aborted === true) return;
    if (!sourced.record.isContext) tooMany -= 1;
    if (tooMany < 0) yield sourced;
  }
}

function* snapshotRecords(
  { log, selected }: Snapshot,
  shared: boolean | undefined,
): Generator<LogRecord, void> {
  if (selected === null) return;
  const { timeLookup, matches } = selected;
  for (const found of matches) yield* recordsOf({ ...found, log, timeLookup }, shared);
}

/** The records that are written from now on. */
async function* recordsToCome(
  opened: readonly Opened[],
  { shared, signal, finish }: ReadLogsOptions,
  ports: LogReaderPorts,
): AsyncGenerator<SourcedRecord, void> {
  // When the caller stops reading, no follower may be left waiting for a change.
  const controller = new AbortController();
  const end = (): void => controller.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  const ends = { signal: controller.signal, finish };
  const followers = opened.map(({ log, filter, snapshot: { cursor } }) => ({
    source: log.source,
    found: follow({ ...log, ...ends, everyMs: 0, filter, cursor, granularity: 'records', ports }),
  }));
  try {
    for await (const found of arrivalsOf(followers)) {
      yield* mergeByTime(
        found.map(({ source, value }) => ({ source, records: recordsOf(value, shared) })),
      );
    }
  } finally {
    end();
    signal?.removeEventListener('abort', end);
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

/** What the followers find, batched by turns of the event loop, so that records of the same moment can be merged by time. */
async function* arrivalsOf(
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
    await nextTurn();
    const together = arrived;
    arrived = [];
    if (together.length > 0) yield together;
    together.forEach(({ source, found }) => ask({ source, found }));
  }
}
