import { textPieces } from '../../pieces.ts';
import { textSearch } from './required-parts.ts';
import { searchWindows } from './search-windows.ts';

/** A text longer than this is a large object to V8, which collects its garbage at each few of them; a longer line is searched in windows. */
export const longLineBytes = 64 * 1024;

/** Tells whether a pattern matches in a line or record of so many bytes. It may come in pieces only where it is long. */
export type LineSearch = (pieces: Iterable<Uint8Array>, bytes: number) => boolean;

/** The search of lines and records, one at a time, for a pattern from `compilePattern`. */
export function lineSearch(pattern: RegExp, longBytes = longLineBytes): LineSearch {
  const search = textSearch(pattern);
  const searchLong = searchWindows(pattern);
  return (pieces, bytes) => {
    if (bytes > longBytes) return searchLong(textPieces(pieces));
    const [all = new Uint8Array()] = pieces;
    const text = Buffer.from(all.buffer, all.byteOffset, all.length).toString('utf8');
    return search.canMatch(text, 0) && search.find(text, 0) >= 0;
  };
}
