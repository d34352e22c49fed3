import { addField, written, type RecordParts } from './record-parts.ts';

const space = 0x20;
const quote = 0x22;
const equals = 0x3d;
const backslash = 0x5c;
const escape = 0x1b;
/** Where a quoted value ends and how it is written; one object, since it is asked for millions of times. */
const quoted = { end: 0, how: 0 };

/** True for a byte that ends what a scanner is sure of: a control character, or one beyond ASCII, which may be a blank. */
export function isOdd(byte: number): boolean {
  return byte < space || byte > 0x7e;
}

/**
 * Reads ` key=value key="quoted value"` from a place up to the first text that is no pair, as `parseKeyValues` does. False where the bytes alone
 * do not show what it would read.
 */
export function scanPairs(bytes: Buffer, from: number, end: number, parts: RecordParts): boolean {
  for (let at = from, isFirst = true; ; isFirst = false) {
    while (bytes[at] === space && at + 1 < end && bytes[at + 1] === space) at += 1;
    if (at >= end) return true;
    if (bytes[at] === space) at += 1;
    else if (!isFirst) return !isOdd(bytes[at] ?? 0);
    const keyFrom = at;
    while (at < end && bytes[at] !== equals) {
      const byte = bytes[at] ?? 0;
      if (isOdd(byte)) return false;
      if (byte === space || byte === quote) return true;
      at += 1;
    }
    if (at === keyFrom || at >= end) return true;
    const keyTo = at;
    at += 1;
    if (bytes[at] === quote && at < end) {
      if (!findQuoteEnd(bytes, at + 1, end)) return false;
      if (!addField(parts, [keyFrom, keyTo, at + 1, quoted.end, quoted.how])) return false;
      at = quoted.end + 1;
      continue;
    }
    const valueFrom = at;
    for (; at < end && bytes[at] !== space; at += 1) {
      if (isOdd(bytes[at] ?? 0)) return false;
    }
    if (!addField(parts, [keyFrom, keyTo, valueFrom, at, written.plain])) return false;
  }
}

/** Finds the quote that ends a Go string; false where none does, or something in it is not surely part of it. */
function findQuoteEnd(bytes: Buffer, from: number, end: number): boolean {
  quoted.how = written.plain;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      quoted.end = at;
      return true;
    }
    if (byte === escape || byte === 0x0a || byte === 0x0d) return false;
    if (byte === backslash) {
      quoted.how = written.go;
      at += 1;
      if (isOdd(bytes[at] ?? 0)) return false;
    }
  }
  return false;
}
