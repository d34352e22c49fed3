import { searchLongLine } from './long-line/search-long-line.ts';

/** A text longer than this is a large object to V8, which collects its garbage at each few of them; a longer line is searched in pieces. */
export const longLineBytes = 64 * 1024;

/** Tells whether a pattern matches in a line or record of so many bytes. It may come in pieces only where it is long. */
export type LineSearch = (pieces: Iterable<Uint8Array>, bytes: number) => boolean;

/** The search of lines and records, one at a time, for a pattern from `compilePattern`. */
export function lineSearch(pattern: RegExp, longBytes = longLineBytes): LineSearch {
  const isInLong = searchLongLine(pattern);
  return (pieces, bytes) => {
    if (bytes > longBytes) return isInLong(pieces);
    const [all = new Uint8Array()] = pieces;
    return pattern.test(Buffer.from(all.buffer, all.byteOffset, all.length).toString('utf8'));
  };
}
