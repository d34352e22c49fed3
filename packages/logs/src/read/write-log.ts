import { piecesOf } from './open/line-edges.ts';
import { pushedTogether } from './pushed-together.ts';
import { marks, type Matches, type ReadMatches } from './select/matches.ts';
import { jsonLines } from '../show/json-lines.ts';
import type { LogReaderPorts } from './reader-ports.ts';
import { openSnapshot } from './open-snapshot.ts';
import { readMatches } from './read-matches.ts';
import { filterFrom, type ReadOptions } from './read-options.ts';
import type { Filter } from './select/filter.ts';
import type { WorkSetup } from './workers/block-work.ts';
import { sharedPieces, type SharedReading } from './workers/share-work.ts';
import { systemWorkers, type WorkerLimits } from './workers/worker-limits.ts';

/** Takes bytes of a log; they are valid until it returns, or until the promise that it returns settles. */
export type WriteBytes = (bytes: Buffer) => void | Promise<void>;

/** Which records of a log to write, and how. */
interface WriteLogOptions extends ReadOptions {
  /** As lines of JSON, as `renderRecord` makes them, with this name of the log. @default as they were written */
  readonly json?: string | null;
}

/** The effects of a reading that is written, replaceable in tests. */
interface WriteLogPorts extends LogReaderPorts {
  /** When worker threads are started; `{ most: 1 }` for none. @default as many as there are processors, at most 4 with this thread, for what is long and slow */
  readonly workers: Partial<WorkerLimits>;
}

/**
 * Writes what {@link readLog} would give, byte for byte, each line with its newline but for an unfinished last one. Makes no object per record,
 * so it is many times as fast, and its memory does not grow with what is read. Where that takes long, worker threads do a part of it.
 *
 * @throws LogsError `BAD_PATTERN`, `BAD_OPTION`; what `write` throws
 * @example
 * import { writeSync } from 'node:fs';
 *
 * await writeLog({ directory: 'logs', name: 'node', grep: 'peer' }, (bytes) => {
 *   writeSync(1, bytes);
 * });
 */
export async function writeLog(
  options: WriteLogOptions,
  write: WriteBytes,
  ports: Partial<WriteLogPorts> = {},
): Promise<void> {
  const { json = null } = options;
  const piecesOfMatches = json === null ? bytesOf : jsonLines(json);
  const granularity = json === null ? 'ranges' : 'records';
  const filter = filterFrom(options);
  const setup = workSetup(options, filter);
  if (setup !== null) {
    const shown = { setup, granularity, piecesOf: piecesOfMatches } as const;
    await writeSnapshot(options, filter, shown, write, { ...systemWorkers, ...ports.workers });
    return;
  }
  for await (const matches of readMatches(options, granularity, ports)) {
    for (const bytes of piecesOfMatches(matches)) {
      const written = write(bytes);
      if (written !== undefined) await written;
      if (options.signal?.aborted === true) return;
    }
  }
}

/** What the log holds now, of which others may do a part. */
async function writeSnapshot(
  options: WriteLogOptions,
  filter: Filter,
  shown: Pick<SharedReading, 'setup' | 'granularity' | 'piecesOf'>,
  write: WriteBytes,
  workers: WorkerLimits,
): Promise<void> {
  const { progress, signal } = options;
  const { log, selected } = await openSnapshot(options, filter, shown.granularity);
  try {
    if (selected === null) return;
    const reading = { ...shown, log, selected, progress, signal };
    for await (const bytes of sharedPieces(reading, workers)) {
      const written = write(bytes);
      if (written !== undefined) await written;
      if (signal?.aborted === true) return;
    }
  } finally {
    log.close();
  }
}

/** The work that others can do; null for a reading that goes on, that looks back or around, or that asks functions which only the caller has. */
function workSetup(
  { lines = 'all', follow = false, parse, json = null }: WriteLogOptions,
  { tests, context, ...filter }: Filter,
): WorkSetup | null {
  const typed = tests.flatMap((test) => test.typed ?? []);
  const isPlain = lines === 'all' && !follow && context === null && parse === undefined;
  return isPlain && typed.length === tests.length ? { ...filter, tests: typed, json } : null;
}

/** The most bytes that are given at a time, however much of a log is looked at. */
const pieceBytes = 256 * 1024;

function* bytesOf({ log, block, spans, marks: given }: ReadMatches): Generator<Buffer, void> {
  if (given === undefined) {
    const all = pushedTogether({ block, spans });
    for (let at = 0; at < all.length; at += pieceBytes) yield all.subarray(at, at + pieceBytes);
  } else yield* withSeparators(block, spans, given);
  const end = block.position + block.end;
  if (block.more > 0) yield* piecesOf(log, end, end + block.more);
}

/** What stands between groups of records with their context, as grep has it. */
const separator = Buffer.from('--\n');

function* withSeparators(
  { bytes }: Matches['block'],
  spans: Matches['spans'],
  given: readonly number[],
): Generator<Buffer, void> {
  for (const [at, mark] of given.entries()) {
    if ((mark & marks.apart) !== 0) yield separator;
    yield bytes.subarray(spans[at * 2], spans[at * 2 + 1]);
  }
}
