import { piecesOf } from './open/line-edges.ts';
import { marks, type Matches, type ReadMatches } from './select/matches.ts';
import { jsonLines } from '../show/json-lines.ts';
import type { LogReaderPorts } from './reader-ports.ts';
import { readMatches } from './read-matches.ts';
import type { ReadOptions } from './read-options.ts';

/** Takes bytes of a log; they are valid until it returns, or until the promise that it returns settles. */
export type WriteBytes = (bytes: Buffer) => void | Promise<void>;

/** Which records of a log to write, and how. */
interface WriteLogOptions extends ReadOptions {
  /** As lines of JSON, as `renderRecord` makes them, with this name of the log. @default as they were written */
  readonly json?: string | null;
}

/**
 * Writes what {@link readLog} would give, byte for byte, each line with its newline but for an unfinished last one. Makes no object per record,
 * so it is many times as fast, and its memory does not grow with what is read.
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
  ports: Partial<LogReaderPorts> = {},
): Promise<void> {
  const { json = null } = options;
  const piecesOfMatches = json === null ? bytesOf : jsonLines(json);
  const granularity = json === null ? 'ranges' : 'records';
  for await (const matches of readMatches(options, granularity, ports)) {
    for (const bytes of piecesOfMatches(matches)) {
      const written = write(bytes);
      if (written !== undefined) await written;
      if (options.signal?.aborted === true) return;
    }
  }
}

function* bytesOf({ log, block, spans, marks: given }: ReadMatches): Generator<Buffer, void> {
  if (given === undefined) yield pushedTogether({ block, spans });
  else yield* withSeparators(block, spans, given);
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

/** Moves the wanted bytes of a block together, in place, so that one write is enough for them all. */
function pushedTogether({ block: { bytes }, spans }: Matches): Buffer {
  const start = spans[0] ?? 0;
  let end = start;
  for (let at = 0; at < spans.length; at += 2) {
    const [from = end, to = end] = [spans[at], spans[at + 1]];
    if (from !== end) bytes.copyWithin(end, from, to);
    end += to - from;
  }
  return bytes.subarray(start, end);
}
