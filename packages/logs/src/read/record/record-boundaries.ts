import { lineKind, type LineKind } from './line-kind.ts';

const newline = 0x0a;
const nearBytes = 64;

/** Where a record lies in a buffer: from its first byte to after its last newline. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether a line continues the record before it, which began with a line of kind `head`. */
export function continues(head: LineKind, line: LineKind): boolean {
  if (line === 'head' || line === 'terminal') return false;
  if (head === 'crash') return true;
  if (line === 'crash' || line === 'fatal') return false;
  return head === 'terminal' || line === 'indented';
}

/** The end of the line at `start`, after its newline; `end` for an unfinished one. */
export function lineEnd(bytes: Buffer, start: number, end: number): number {
  const found = bytes.indexOf(newline, start);
  return found < 0 || found >= end ? end : found + 1;
}

/**
 * Where the records between two record boundaries begin and end, alternately, in order. A list of numbers, since a reader goes over millions of
 * records and wants few. Stops after the record with the byte at `enough`.
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
      if (!continues(head, lineKind(bytes, last, stop))) break;
      last = stop;
    }
    spans.push(at, last);
    at = last;
  }
  return spans;
}

/** Whether a record of a known format begins here, whatever stands before it. */
export function startsRecord(bytes: Buffer, start: number, end: number): boolean {
  const kind = lineKind(bytes, start, end);
  return kind === 'head' || kind === 'terminal';
}

/** The record that holds the byte at `hit`, within whole records of which the first begins at `start`. */
export function recordAround(bytes: Buffer, { start, end }: Span, hit: number): Span {
  const first = lineStart(bytes, start, hit);
  const last = lineEnd(bytes, hit, end);
  // Nearly every record is one line, as the line itself and the next one show.
  if (startsRecord(bytes, first, end) && (last === end || startsRecord(bytes, last, end))) {
    return { start: first, end: last };
  }
  const head = startsRecord(bytes, first, end) ? first : (headBefore(bytes, start, first) ?? start);
  const edges = recordsIn(bytes, head, end, hit);
  return { start: edges.at(-2) ?? head, end: edges.at(-1) ?? end };
}

/** The last record that surely begins before a place, not before `floor`; null when there is none. */
export function headBefore(bytes: Buffer, floor: number, place: number): number | null {
  for (let at = place; at > floor;) {
    at = lineStart(bytes, floor, at - 1);
    if (startsRecord(bytes, at, place)) return at;
  }
  return null;
}

/** The start of the line with the byte at a place. The nearest bytes are compared one by one, since a call of `lastIndexOf` costs more than it saves there. */
export function lineStart(bytes: Buffer, floor: number, at: number): number {
  const near = Math.max(floor, at - nearBytes);
  for (let place = at; place > near; place -= 1) {
    if (bytes[place - 1] === newline) return place;
  }
  return near === floor ? floor : Math.max(floor, bytes.lastIndexOf(newline, near - 1) + 1);
}
