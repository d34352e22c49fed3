import type { Level } from '../../format/level.ts';
import { filesOf } from '../../layout.ts';
import { jsonLines } from '../../show/json-lines.ts';
import { compileTests } from '../../where/compile-tests.ts';
import type { TypedTests } from '../../where/typed-tests.ts';
import type { LogPart, OpenLog } from '../open/open-log.ts';
import { createScanner } from '../select/scan.ts';
import type { TimeLookup } from '../select/time-lookup.ts';
import { pushedTogether } from '../pushed-together.ts';

/** What a worker does with each block: what it needs to make the filter and the writer of the reading once more. */
export interface WorkSetup {
  readonly since: Date | null;
  readonly until: Date | null;
  readonly grep: RegExp | null;
  readonly invert: boolean;
  readonly level: Level | null;
  readonly tests: readonly TypedTests[];
  /** As lines of JSON, with this name of the log. */
  readonly json: string | null;
}

/** Whole records of a log: `block[start, end)`. */
export interface BlockTask {
  readonly block: ArrayBuffer;
  /** For what is made of them. */
  readonly room: ArrayBuffer;
  readonly start: number;
  readonly end: number;
  /** A moment at or after them. */
  readonly near: Date;
}

/** What is to be written of a block. */
export interface BlockAnswer extends Pick<BlockTask, 'block' | 'room'> {
  /** Where it is; null where more than the block is needed for it, or more room. The block is as it was then. */
  readonly written: {
    readonly in: 'block' | 'room';
    readonly from: number;
    readonly to: number;
  } | null;
}

/** Room that the lines of JSON of a block take, in bytes for each of its own; where it is too little, the block is done without a worker. */
export const roomPerByte = 8;

/** Thrown where a record has no time of its own, and no record before it in the block. */
const needsLog = new Error('needs the log');

/** Does with one block after another what a reading does, without the log that they are from. */
export function createBlockWork({
  tests,
  json,
  ...filter
}: WorkSetup): (task: BlockTask) => BlockAnswer {
  const part = partOfOne();
  const log = logOf(part);
  const compiled = tests.flatMap((typed) => compileTests(typed).tests);
  const scan = createScanner(log, timeLookup, { ...filter, tests: compiled, context: null });
  const lines = json === null ? null : jsonLines(json);
  const write = ({ block: memory, room, start, end, near }: BlockTask): BlockAnswer['written'] => {
    const bytes = Buffer.from(memory, 0, end);
    const block = { bytes, start, end, position: 0, more: 0 };
    part.near = near;
    const spans = scan(block, lines === null ? 'ranges' : 'records');
    if (spans.length === 0) return { in: 'block', from: 0, to: 0 };
    if (lines === null) {
      const { byteOffset: from, length } = pushedTogether({ block, spans });
      return { in: 'block', from, to: from + length };
    }
    const pieces = lines({ log, timeLookup, block, spans }, Buffer.from(room));
    const { value: piece } = pieces.next();
    const isAll = piece?.buffer === room && pieces.next().done === true;
    return isAll ? { in: 'room', from: 0, to: piece.length } : null;
  };
  return (task) => ({
    block: task.block,
    room: task.room,
    written: unlessLogIsNeeded(task, write),
  });
}

function unlessLogIsNeeded(
  task: BlockTask,
  write: (task: BlockTask) => BlockAnswer['written'],
): BlockAnswer['written'] {
  try {
    return write(task);
  } catch (error) {
    if (error === needsLog) return null;
    throw error;
  }
}

/** The index of the log is with whoever opened it. */
const timeLookup: TimeLookup = { since: refuse, until: refuse, capturedAt: refuse };

function refuse(): never {
  throw needsLog;
}

type OnlyPart = { -readonly [key in keyof LogPart]: LogPart[key] };

function partOfOne(): OnlyPart {
  const source = { size: Infinity, read: refuse, close: () => undefined };
  return { stem: null, after: null, base: 0, source, near: new Date(0) };
}

/** A log of which there is one block at a time, whose bytes are never read. */
function logOf(part: LogPart): OpenLog {
  return { ...part.source, parts: [part], files: filesOf('.', 'block'), parse: undefined };
}
