import { isAscii, isUtf8 } from 'node:buffer';
import { bytePattern } from './byte-pattern.ts';
import { namesNewline } from './pattern.ts';
import { lineEnd, lineStart } from './records.ts';
import { requiredLiteral } from './required-literal.ts';

/** Finds the next match at or after a place in some bytes; negative when there is none. */
export type BlockSearch = (from: number) => number;

/** Starts a search through some bytes; null when they must be looked at record by record. */
export type SearchStart = (bytes: Buffer) => BlockSearch | null;

const special = /[\\^$.*+?()[\]{}|/]/;

/**
 * A search that goes over a whole block at once, instead of line by line: ten times as fast. Characters that a match must have are searched as
 * bytes; a pattern that names none is tried on the block read as text.
 */
export function searchOver(pattern: RegExp): SearchStart {
  if (!special.test(pattern.source) && !pattern.ignoreCase) return searchLiteral(pattern.source);
  // It could match from one record into the next.
  if (namesNewline(pattern)) return () => null;
  const global = new RegExp(pattern.source, `${pattern.flags}g`);
  const inBytes = bytePattern(global);
  const literal = requiredLiteral(pattern);
  // The engine skips to a literal beginning by itself, and faster.
  if (inBytes !== null && (literal === null || pattern.source.startsWith(literal))) {
    return (bytes) => searchLatin1(inBytes, bytes);
  }
  if (literal !== null) return searchAround(literal, pattern);
  return (bytes) => {
    if (isAscii(bytes)) return searchLatin1(global, bytes);
    // Bytes that are no UTF-8 become other characters: the places would no longer be those of the bytes.
    return isUtf8(bytes) ? searchUtf8(global, bytes) : null;
  };
}

/** From so many hits in a block on, the next is searched as text: to make it costs more than a search of bytes, each hit in it less. */
const manyHits = 64;

function searchLiteral(literal: string): SearchStart {
  const needle = Buffer.from(literal);
  const asLatin1 = needle.toString('latin1');
  let hits = 0;
  return (bytes) => {
    const text = hits >= manyHits ? bytes.toString('latin1') : null;
    hits = 0;
    return (from) => {
      hits += 1;
      return text === null ? bytes.indexOf(needle, from) : text.indexOf(asLatin1, from);
    };
  };
}

/** Tries the pattern on the lines that have the literal. */
function searchAround(literal: string, pattern: RegExp): SearchStart {
  const start = searchLiteral(literal);
  return (bytes) => {
    const next = start(bytes);
    return next === null
      ? null
      : (from) => {
          for (let hit = next(from); hit >= 0;) {
            const end = lineEnd(bytes, hit, bytes.length);
            const line = bytes.toString('utf8', lineStart(bytes, from, hit), end);
            if (pattern.test(line)) return hit;
            hit = next(end);
          }
          return -1;
        };
  };
}

function searchLatin1(global: RegExp, bytes: Buffer): BlockSearch {
  const text = bytes.toString('latin1');
  return (from) => {
    global.lastIndex = from;
    return global.exec(text)?.index ?? -1;
  };
}

/** Places in the text and in the bytes run apart; both are counted on from the last place asked for. */
function searchUtf8(global: RegExp, bytes: Buffer): BlockSearch {
  const text = bytes.toString('utf8');
  let [bytesAt, textAt] = [0, 0];
  return (from) => {
    textAt += bytes.toString('utf8', bytesAt, from).length;
    bytesAt = from;
    global.lastIndex = textAt;
    const found = global.exec(text)?.index;
    if (found === undefined) return -1;
    return from + Buffer.byteLength(text.slice(textAt, found));
  };
}
