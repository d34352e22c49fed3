import { lineEndIn, lineStartIn } from '../open/line-edges.ts';
import { startsRecord, lineEnd } from '../record/record-boundaries.ts';
import { readAll, type Source } from '../open/source.ts';

const newline = 0x0a;
/** Bytes of a block: fits in the processor's cache, and amortizes the fixed cost of a block. */
const blockBytes = 256 * 1024;
/** Bytes of a block of which nothing but what is found is looked at: the fixed cost of a block is most of such a search. */
export const wideBlockBytes: number = 1024 * 1024;
/** Bytes within which a block looks for a certain record boundary. */
const boundaryReach = 128 * 1024;

/** Whole records of a source, `bytes[start, end)`; or the beginning of one line that is longer than a block. */
export interface Block {
  /** Valid until the next block is asked for. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Where `bytes[0]` lies in the source. */
  readonly position: number;
  /** Bytes of the line that follow in the source; 0 where the records are whole. */
  readonly more: number;
}

/** The records of `[from, to)` of a source in blocks, oldest first; `from` is a record boundary. With `memoryOf` each block may have memory of its own. */
export function* forwardBlocks(
  source: Source,
  from: number,
  to: number,
  memoryOf: () => Buffer = sameMemory(blockMemory(to - from)),
): Generator<Block, void> {
  for (let position = from; position < to;) {
    const bytes = memoryOf().subarray(0, to - position);
    const filled = readAll(source, bytes, position);
    if (filled === 0) return;
    const isLast = filled === to - position || filled < bytes.length;
    const boundary = isLast ? filled : lastBoundary(bytes, filled);
    const end = boundary === 0 ? filled : boundary;
    const next = boundary === 0 ? lineEndIn(source, position + end, to) : position + end;
    yield { bytes, start: 0, end, position, more: next - position - end };
    position = next;
  }
}

/** The records of `[from, to)` of a source in blocks, youngest block first; within a block they are in order. */
export function* backwardBlocks(
  source: Source,
  from: number,
  to: number,
  memory: Buffer = blockMemory(to - from),
): Generator<Block, void> {
  for (let next = to; next > from;) {
    const bytes = memory.subarray(0, next - from);
    const position = next - bytes.length;
    const end = readAll(source, bytes, position);
    const start = position === from ? 0 : firstBoundary(bytes, end);
    if (start < end) {
      yield { bytes, start, end, position, more: 0 };
      next = position + start;
    } else {
      const first = lineStartIn(source, from, position);
      const length = Math.min(memory.length, next - first);
      const more = next - first - length;
      yield readBlock(source, { position: first, start: 0, end: length, more }, memory);
      next = first;
    }
  }
}

/** Reads a block again. Its end shows how much of it is still there. */
export function readBlock(
  source: Source,
  { position, start, end, more }: Omit<Block, 'bytes'>,
  memory: Buffer,
): Block {
  const bytes = memory.subarray(0, end);
  return { bytes, start, end: readAll(source, bytes, position), position, more };
}

/** One memory for all blocks: a block is valid until the next is asked for. */
export function sameMemory(memory: Buffer): () => Buffer {
  return () => memory;
}

/** Memory for any block of so many bytes of a source. */
export function blockMemory(bytes: number, longest: number = blockBytes): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(bytes, longest));
}

/** The last place before `end` where a record surely begins; where none is near, the last start of a line; 0 if there is no other. */
function lastBoundary(bytes: Buffer, end: number): number {
  const floor = Math.max(0, end - boundaryReach);
  let last = 0;
  for (let at = end; at > floor;) {
    const found = bytes.lastIndexOf(newline, at - 1);
    if (found < 0) break;
    if (last === 0) last = found + 1;
    if (startsRecord(bytes, found + 1, end)) return found + 1;
    at = found;
  }
  return last;
}

/** The first place after 0 where a record surely begins; where none is near, the first start of a line; `end` if there is none. */
function firstBoundary(bytes: Buffer, end: number): number {
  const ceiling = Math.min(end, boundaryReach);
  const first = lineEnd(bytes, 0, end);
  for (let at = first; at < ceiling; at = lineEnd(bytes, at, end)) {
    if (startsRecord(bytes, at, end)) return at;
  }
  return first;
}
