import { overlapping, textPieces } from '../../pieces.ts';
import { isLiteral } from '../pattern.ts';
import { lineAutomaton, type MatchesPieces } from './line-automaton.ts';
import { nodesOf } from './pattern-nodes.ts';
import { partsOf, reachOf } from './pattern-parts.ts';
import { searchWindows } from './search-windows.ts';

/** Characters between what a window is searched for and its ends. A longer one would be a large object to V8, and there would soon be many. */
const windowReach = 16 * 1024;

/**
 * Searches lines for a pattern from `compilePattern` without the text of any as a whole. It matches where it would in that; but one that refers
 * back to a part of its match, has the `u` or `v` flag, has thousands of characters with its counts written out, or looks ahead from something it
 * looks behind for: a match of these is found up to a length of 16 Ki characters.
 */
export function searchLongLine(pattern: RegExp): (pieces: Iterable<Uint8Array>) => boolean {
  if (!isLiteral(pattern)) {
    let matches: MatchesPieces | undefined;
    return (pieces) => (matches ??= matcherOf(pattern))(textPieces(pieces));
  }
  const literal = Buffer.from(pattern.source);
  return (pieces) => {
    for (const piece of overlapping(pieces, literal.length - 1)) {
      if (piece.includes(literal)) return true;
    }
    return false;
  };
}

function matcherOf(pattern: RegExp): MatchesPieces {
  const inWindows: MatchesPieces = (text) => searchWindows(pattern, windowReach, text);
  const parts = partsOf(pattern);
  // The engine of the system is faster.
  if (parts === null || reachOf(parts) < windowReach) return inWindows;
  const nodes = nodesOf(parts, pattern.ignoreCase);
  return nodes === null ? inWindows : lineAutomaton(nodes);
}
