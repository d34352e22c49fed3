import { isSureHead, lineEnd } from './records.ts';
import type { Source } from './source.ts';

const newline = 0x0a;
/**
 * Block sizes in turn: one that stays in the processor's cache and is large next to what each block costs by itself, then what a line of 10 MB
 * needs. A longer line comes in pieces.
 */
const sizes = [256 * 1024, 3_000_000, 11_000_000] as const;
const [smallest, , largest] = sizes;
/** How far a boundary that is surely one is searched for. */
const boundaryReach = 128 * 1024;

/** Whole records of a source: `bytes[start, end)`. */
export interface Block {
  /** Valid until the next block is asked for. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Where `bytes[0]` lies in the source. */
  readonly position: number;
}

/** Gives as many bytes of memory as are asked for, over and over the same. */
export type Memory = (size: number) => Buffer;

/** The records of `[from, to)` of a source in blocks, oldest first; `from` is a record boundary. */
export function* forwardBlocks(
  source: Source,
  from: number,
  to: number,
  memory: Memory = readingMemory(to - from),
): Generator<Block, void> {
  let position = from;
  let step = 0;
  while (position < to) {
    const size = Math.min(sizes[step] ?? smallest, to - position);
    const bytes = memory(size);
    const filled = fill(source, bytes, position);
    if (filled === 0) return;
    const end = filled === to - position || filled < size ? filled : lastBoundary(bytes, filled);
    if (end === 0 && step < sizes.length - 1) {
      step += 1;
      continue;
    }
    const length = end === 0 ? filled : end;
    yield { bytes, start: 0, end: length, position };
    position += length;
    step = 0;
  }
}

/** The records of `[from, to)` of a source in blocks, youngest block first; within a block they are in order. */
export function* backwardBlocks(
  source: Source,
  from: number,
  to: number,
  memory: Memory = readingMemory(to - from),
): Generator<Block, void> {
  let end = to;
  let step = 0;
  while (end > from) {
    const size = Math.min(sizes[step] ?? smallest, end - from);
    const position = end - size;
    const bytes = memory(size);
    const filled = fill(source, bytes, position);
    const start = position === from ? 0 : firstBoundary(bytes, filled);
    if (start === filled && step < sizes.length - 1) {
      step += 1;
      continue;
    }
    const first = start === filled ? 0 : start;
    yield { bytes, start: first, end: filled, position };
    end = position + first;
    step = 0;
  }
}

/** Reads a block again; its end tells how much of it is still there. */
export function readBlock(
  source: Source,
  { position, start, end }: Pick<Block, 'position' | 'start' | 'end'>,
  memory: Memory,
): Block {
  const bytes = memory(end);
  return { bytes, start, end: fill(source, bytes, position), position };
}

/** Memory for any block of so many bytes of a source; the system gives none of it before it is written to. */
export function readingMemory(bytes: number): Memory {
  const all = Buffer.allocUnsafeSlow(Math.min(bytes, largest));
  return (size) => all.subarray(0, size);
}

function fill(source: Source, target: Buffer, position: number): number {
  let filled = 0;
  while (filled < target.length) {
    const read = source.read(filled === 0 ? target : target.subarray(filled), position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

/** The last place before `end` where a record surely begins; where none is near, the last start of a line; 0 if there is no other. */
function lastBoundary(bytes: Buffer, end: number): number {
  const floor = Math.max(0, end - boundaryReach);
  let last = 0;
  for (let at = end; at > floor;) {
    const found = bytes.lastIndexOf(newline, at - 1);
    if (found < 0) break;
    if (last === 0) last = found + 1;
    if (isSureHead(bytes, found + 1, end)) return found + 1;
    at = found;
  }
  return last;
}

/** The first place after 0 where a record surely begins; where none is near, the first start of a line; `end` if there is none. */
function firstBoundary(bytes: Buffer, end: number): number {
  const ceiling = Math.min(end, boundaryReach);
  const first = lineEnd(bytes, 0, end);
  for (let at = first; at < ceiling; at = lineEnd(bytes, at, end)) {
    if (isSureHead(bytes, at, end)) return at;
  }
  return first;
}
