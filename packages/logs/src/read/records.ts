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

/** The end of the record at `start`: its first line and all that continue it. */
export function recordEnd(bytes: Buffer, start: number, end: number): number {
  let last = lineEnd(bytes, start, end);
  const head = lineKind(bytes, start, last);
  while (last < end && last - start < maxRecordBytes) {
    const next = lineEnd(bytes, last, end);
    if (!continues(head, lineKind(bytes, last, next))) break;
    last = next;
  }
  return last;
}

/** The records between two record boundaries, in order. */
export function* recordsIn(bytes: Buffer, start: number, end: number): Generator<Span, void> {
  for (let at = start; at < end;) {
    const next = recordEnd(bytes, at, end);
    yield { start: at, end: next };
    at = next;
  }
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
  for (const span of recordsIn(bytes, head, end)) {
    if (span.end > hit) return span;
  }
  return { start: head, end };
}

function lineStart(bytes: Buffer, floor: number, at: number): number {
  return at <= floor ? floor : Math.max(floor, bytes.lastIndexOf(newline, at - 1) + 1);
}
