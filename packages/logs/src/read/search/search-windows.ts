import { tokensOf } from './pattern.ts';
import { textSearch, type TextSearch } from './required-parts.ts';

/**
 * Characters that a window shares with the next, on each side of the places where a match may begin. A longer window would be a large object to
 * V8, and there would soon be many.
 */
const overlapCharacters = 16 * 1024;

/** Whether a pattern matches in a text that comes in pieces. */
export type PiecesSearch = (text: Iterable<string>) => boolean;

/**
 * Searches the text of a long line for a pattern from `compilePattern`, window by window, so that no more than three overlaps are in memory. A
 * match of up to `overlap` characters is found wherever it is; a longer one may be missed, and a lookaround sees no further than that.
 */
export function searchWindows(pattern: RegExp, overlap = overlapCharacters): PiecesSearch {
  const searches = new Map<string, TextSearch>();
  const searchFor = (ends: WindowEnds): TextSearch => {
    const key = `${ends.isFirst} ${ends.isLast}`;
    const known = searches.get(key) ?? textSearch(withinWindow(pattern, ends));
    searches.set(key, known);
    return known;
  };
  return (text) => {
    let window = '';
    let from = 0;
    let isFirst = true;
    for (const piece of text) {
      window += piece;
      const to = window.length - overlap;
      // A window is searched once there is an overlap's worth of new places in it.
      if (to - from < overlap) continue;
      if (hasMatch(searchFor({ isFirst, isLast: false }), window, from, to)) return true;
      const kept = Math.max(0, to - overlap);
      isFirst &&= kept === 0;
      window = window.slice(kept);
      from = to - kept;
    }
    return hasMatch(searchFor({ isFirst, isLast: true }), window, from, window.length);
  };
}

/** Whether a match begins between two places of a window. */
function hasMatch(search: TextSearch, window: string, from: number, to: number): boolean {
  if (!search.canMatch(window, from)) return false;
  const found = search.find(window, from);
  return found >= 0 && found <= to;
}

/** Which ends of a window are ends of the line. */
interface WindowEnds {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The characters at which the engine lets `^` and `$` match. A line of a log may contain all but the newline. */
const lineBreak = '[\\n\\r\\u2028\\u2029]';

/** Prevents `^`, `$`, `\b` and `\B` from matching at an end of the window that is no end of the line. */
function withinWindow(pattern: RegExp, { isFirst, isLast }: WindowEnds): RegExp {
  const inside = (isFirst ? '' : '(?<=[^])') + (isLast ? '' : '(?=[^])');
  const source = tokensOf(pattern).map((token) => {
    if (token === '\\b' || token === '\\B') return `(?:${inside}${token})`;
    if (/^[[\\]/.test(token)) return token;
    return token
      .replaceAll('^', isFirst ? '^' : `(?<=${lineBreak})`)
      .replaceAll('$', () => (isLast ? '$' : `(?=${lineBreak})`));
  });
  return new RegExp(source.join(''), pattern.flags);
}
