import { isAscii } from 'node:buffer';
import { namesNewline } from './pattern.ts';

/** Finds the next match at or after a place in some bytes; negative when there is none. */
export type BlockSearch = (from: number) => number;

/** Starts a search through a block; null when the block must be looked at record by record. */
export type SearchStart = (bytes: Buffer, end: number) => BlockSearch | null;

const special = /[\\^$.*+?()[\]{}|/]/;

/**
 * A search that goes over a whole block at once, instead of line by line: ten times as fast. A pattern of plain characters is searched as
 * bytes. Another is tried on the block read as Latin-1, which is exact only where each byte is a character.
 */
export function searchOver(pattern: RegExp): SearchStart {
  if (!special.test(pattern.source) && !pattern.ignoreCase) {
    const needle = Buffer.from(pattern.source);
    return (bytes) => (from) => bytes.indexOf(needle, from);
  }
  // It could match from one record into the next.
  if (namesNewline(pattern)) return () => null;
  const global = new RegExp(pattern.source, `${pattern.flags}g`);
  return (bytes, end) => {
    const block = bytes.subarray(0, end);
    if (!isAscii(block)) return null;
    const text = block.toString('latin1');
    return (from) => {
      global.lastIndex = from;
      return global.exec(text)?.index ?? -1;
    };
  };
}
