import { lineKind, type LineKind } from './line-kind.ts';

const newline = 0x0a;
/** A record stops growing here: a stack dump of ten thousand goroutines must not fill the memory. */
const maxRecordBytes = 1024 * 1024;

/** Where a record lies in a buffer: from its first byte to after its last newline. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether a line goes on with the record before it, which began with a line of kind `head`. */
function continues(head: LineKind, line: LineKind): boolean {
  if (line === 'head' || line === 'terminal') return false;
  if (head === 'crash') return true;
  if (line === 'crash' || line === 'words') return false;
  return head === 'terminal' || line === 'indented';
}

/** The end of the line at `start`, after its newline; `end` for an unfinished one. */
export function lineEnd(bytes: Buffer, start: number, end: number): number {
  const found = bytes.indexOf(newline, start);
  return found < 0 || found >= end ? end : found + 1;
}

/**
 * The records between two record boundaries, in order: where each begins and ends, one after another in one list. A list of numbers, since a
 * reader goes over millions of records of which it wants few. The last one is that with the byte at `enough`.
 */
export function recordsIn(bytes: Buffer, start: number, end: number, enough = end): number[] {
  const spans: number[] = [];
  let at = start;
  let stop = lineEnd(bytes, at, end);
  while (at < end && at <= enough) {
    const head = lineKind(bytes, at, stop);
    let last = stop;
    while (last < end) {
      stop = lineEnd(bytes, last, end);
      if (last - at >= maxRecordBytes || !continues(head, lineKind(bytes, last, stop))) break;
      last = stop;
    }
    spans.push(at, last);
    at = last;
  }
  return spans;
}

/** Whether a record of a known format begins here, whatever stands before it. */
export function isSureHead(bytes: Buffer, start: number, end: number): boolean {
  const kind = lineKind(bytes, start, end);
  return kind === 'head' || kind === 'terminal';
}

/** The record that holds the byte at `hit`, within whole records of which the first begins at `start`. */
export function recordAround(bytes: Buffer, { start, end }: Span, hit: number): Span {
  let head = lineStart(bytes, start, hit);
  while (head > start && !isSureHead(bytes, head, end)) head = lineStart(bytes, start, head - 1);
  const [last = end, first = head] = recordsIn(bytes, head, end, hit).slice(-2).reverse();
  return { start: first, end: last };
}

/** The last record that surely begins before a place, not before `floor`; null when there is none. */
export function headBefore(bytes: Buffer, floor: number, place: number): number | null {
  for (let at = place; at > floor;) {
    at = lineStart(bytes, floor, at - 1);
    if (isSureHead(bytes, at, place)) return at;
  }
  return null;
}

function lineStart(bytes: Buffer, floor: number, at: number): number {
  return at <= floor ? floor : Math.max(floor, bytes.lastIndexOf(newline, at - 1) + 1);
}
