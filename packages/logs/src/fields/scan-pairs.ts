import { equals, kinds, odd, quote, space, text } from './byte-kinds.ts';
import { fieldStride, written, type RecordParts } from './record-parts.ts';

const backslash = 0x5c;
const escape = 0x1b;
/** Where a quoted value ends and how it is written; one object, since it is asked for millions of times. */
const quoted = { end: 0, how: 0 };
/** Whether a quote or a character beyond ASCII was passed since {@link firstKey} began. */
const passed = { isOdd: false };

/**
 * Reads ` key=value key="quoted value"` from a place up to the first text that is no pair, as `parseKeyValues` does. False where the bytes alone
 * do not show what it would read. Whether they are plain it tells of all that was passed since {@link firstKey}.
 */
export function scanPairs(bytes: Buffer, from: number, end: number, parts: RecordParts): boolean {
  const { fields } = parts;
  let slot = parts.count * fieldStride;
  let at = from;
  for (; slot < fields.length; slot += fieldStride) {
    const keyFrom = keyAfter(bytes, at, end, at === from);
    if (keyFrom < 0) {
      parts.isPlain = at >= end && !passed.isOdd;
      return keyFrom === noPair;
    }
    at = keyFrom;
    while (at < end && kinds[bytes[at] ?? 0] === text) at += 1;
    if (at >= end) {
      parts.isPlain = !passed.isOdd;
      return true;
    }
    if (bytes[at] !== 0x3d) return kinds[bytes[at] ?? 0] !== odd;
    if (at === keyFrom) return true;
    fields[slot] = keyFrom;
    fields[slot + 1] = at;
    at += 1;
    if (at < end && bytes[at] === 0x22) {
      if (!findQuoteEnd(bytes, at + 1, end)) return false;
      fields[slot + 2] = at + 1;
      fields[slot + 3] = quoted.end;
      fields[slot + 4] = quoted.how;
      at = quoted.end + 1;
      passed.isOdd = true;
    } else {
      fields[slot + 2] = at;
      at = valueEnd(bytes, at, end);
      if (at < 0) return false;
      fields[slot + 3] = at;
      fields[slot + 4] = written.plain;
    }
    parts.count += 1;
  }
  return false;
}

/** No pair follows. */
const noPair = -1;
/** What follows, the bytes do not show. */
const unsure = -2;

/** Where a key may begin: after one blank or more, or right at the beginning. */
function keyAfter(bytes: Buffer, from: number, end: number, isBeginning: boolean): number {
  let at = from;
  while (at < end && bytes[at] === 0x20) at += 1;
  if (at > from || (isBeginning && at < end)) return at;
  return at < end && kinds[bytes[at] ?? 0] === odd ? unsure : noPair;
}

/** Where a value without quotes ends; negative where that is not sure. */
function valueEnd(bytes: Buffer, from: number, end: number): number {
  let at = from;
  for (; at < end; at += 1) {
    const kind = kinds[bytes[at] ?? 0];
    if (kind === text) continue;
    if (kind === space) return at;
    if (kind === odd) return -1;
    if (kind === quote) passed.isOdd = true;
  }
  return at;
}

/** Finds the quote that ends a Go string; false where none does, or something in it is not surely part of it. */
function findQuoteEnd(bytes: Buffer, from: number, end: number): boolean {
  quoted.how = written.plain;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) {
      quoted.end = at;
      return true;
    }
    if (byte === escape || byte === 0x0a || byte === 0x0d) return false;
    if (byte === backslash) {
      quoted.how = written.go;
      at += 1;
      if (kinds[bytes[at] ?? 0] === odd) return false;
    }
  }
  return false;
}

/** Where the first key begins that stands after a blank; `end` where there is none, negative where that is not sure. */
export function firstKey(bytes: Buffer, from: number, end: number): number {
  let begin = -1;
  let isWide = false;
  passed.isOdd = false;
  for (let at = from; at < end; at += 1) {
    const kind = kinds[bytes[at] ?? 0];
    if (kind === text) continue;
    if (kind === space) {
      begin = at + 1;
      isWide = false;
    } else if (kind === equals) {
      // A key beyond ASCII may have a blank in it that only the text shows.
      if (begin >= 0 && isWide) return -1;
      if (begin >= 0 && at > begin) return begin;
      begin = -1;
    } else {
      passed.isOdd = true;
      if (kind === quote) begin = -1;
      else if ((bytes[at] ?? 0) < 0x80) return -1;
      else isWide = true;
    }
  }
  return end;
}
