import { textPieces } from '../../pieces.ts';
import { textSearch } from './required-parts.ts';
import { searchWindows } from './search-windows.ts';

/** A longer text is a large object to V8, which collects garbage after every few of them; a longer line is searched in windows. */
export const longLineBytes = 64 * 1024;

/** Whether a pattern matches in a line or record of so many bytes. Only a long one may come in pieces. */
export type LineSearch = (pieces: Iterable<Uint8Array>, bytes: number) => boolean;

/** The search of single lines and records for a pattern from `compilePattern`. */
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
