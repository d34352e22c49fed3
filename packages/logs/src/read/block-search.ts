import { isAscii, isUtf8 } from 'node:buffer';
import { bytePattern } from './byte-pattern.ts';
import { needleIn, type Needle } from './needle.ts';
import { namesNewline } from './pattern.ts';
import { lineEnd, lineStart } from './records.ts';
import { requiredLiterals } from './required-literals.ts';

/** Finds the next match at or after a place in some bytes; negative when there is none. */
export type BlockSearch = (from: number) => number;

/** Starts a search through some bytes; null when they must be looked at record by record. */
export type SearchStart = (bytes: Buffer) => BlockSearch | null;

const special = /[\\^$.*+?()[\]{}|/]/;

/** A text longer than this is a large object to V8, which collects its garbage at each few of them. */
const textBytes = 64 * 1024;

/**
 * A search that goes over a whole block at once, instead of line by line: ten times as fast. Characters that a match must have are searched as
 * bytes; a pattern that names none is tried on the block read as text, in pieces of `pieceBytes`, and up to the end of a line where a match may be
 * of any length.
 */
export function searchOver(pattern: RegExp, pieceBytes = textBytes): SearchStart {
  const inPieces: InPieces = (searchPiece, longest) => (bytes) =>
    searchPieces(bytes, { pieceBytes, searchPiece, longest });
  if (!special.test(pattern.source) && !pattern.ignoreCase) {
    return searchLiteral(pattern.source, inPieces);
  }
  // It could match from one record into the next.
  if (namesNewline(pattern)) return () => null;
  const global = new RegExp(pattern.source, `${pattern.flags}g`);
  const inBytes = bytePattern(global);
  const wholly =
    inBytes === null
      ? null
      : inPieces((piece) => searchLatin1(inBytes, piece), longestMatch(inBytes));
  const literals = requiredLiterals(pattern);
  if (literals !== null) return searchLines(literals, pattern, wholly);
  if (wholly !== null) return wholly;
  const ofAscii = inPieces((piece) => searchLatin1(global, piece));
  const ofUtf8 = inPieces((piece) => searchUtf8(global, piece));
  return (bytes) => {
    if (isAscii(bytes)) return ofAscii(bytes);
    // Bytes that are no UTF-8 become other characters: the places would no longer be those of the bytes.
    return isUtf8(bytes) ? ofUtf8(bytes) : null;
  };
}

type StartInPiece = (piece: Buffer) => BlockSearch;
/** `longest`: so many bytes has a match at most, when that is known. */
type InPieces = (searchPiece: StartInPiece, longest?: number) => (bytes: Buffer) => BlockSearch;

/** Of each character of a pattern at most one is matched, unless something repeats; undefined where it does, or where what stands around a match counts. */
function longestMatch({ source }: RegExp): number | undefined {
  return /[\^$*+{]|\\[bB]|\(\?/.test(source) ? undefined : source.length;
}

interface Pieces {
  readonly pieceBytes: number;
  readonly searchPiece: StartInPiece;
  readonly longest: number | undefined;
}

/**
 * Searches bytes piece by piece, each made ready when the search comes to it. A search begins at the start of a line. Pieces are of whole lines,
 * or overlap by a match: so no text is made of a line of 10 MB.
 */
function searchPieces(bytes: Buffer, { pieceBytes, searchPiece, longest }: Pieces): BlockSearch {
  const all = bytes.length;
  const overlap = longest !== undefined && longest <= pieceBytes / 2 ? longest : null;
  let [begin, end] = [0, 0];
  let search: BlockSearch = () => -1;
  const open = (at: number): void => {
    begin = at;
    const least = Math.min(at + pieceBytes, all);
    end = overlap === null ? lineEnd(bytes, least - 1, all) : least;
    search = searchPiece(bytes.subarray(begin, end));
  };
  return (from) => {
    if (from >= end) open(from);
    for (let at = from; ; at = begin) {
      const hit = search(at - begin);
      // Nothing at the end of a piece may be a match only because the piece ends there.
      if (hit >= 0 && (begin + hit < end || end === all)) return begin + hit;
      if (end === all) return -1;
      open(end - (overlap ?? 0));
    }
  };
}

/** With a candidate in so few bytes a block on, the next is searched as text: to make it costs more than a search of bytes, each hit in it less. */
const fewBytes = 1024;
/** A block is larger only for a long line, of which no text is made where none has to be. */
const denseBytes = 512 * 1024;

function searchLiteral(literal: string, inPieces: InPieces): SearchStart {
  const whole = Buffer.from(literal);
  const asLatin1 = whole.toString('latin1');
  return searchAround([whole], {
    // Compared as far as the bytes go: an unfinished last line may end within it.
    after: (bytes, { hit }) =>
      bytes.subarray(hit, hit + whole.length).equals(whole) ? null : hit + 1,
    wholly: inPieces((piece) => {
      const text = piece.toString('latin1');
      return (from) => text.indexOf(asLatin1, from);
    }),
  });
}

/** Tries the pattern on the lines that may have one of the literals. */
function searchLines(
  literals: readonly string[],
  pattern: RegExp,
  wholly: Trial['wholly'],
): SearchStart {
  return searchAround(
    literals.map((literal) => Buffer.from(literal)),
    {
      after: (bytes, { from, hit }) => {
        const end = lineEnd(bytes, hit, bytes.length);
        const line = bytes.toString('utf8', lineStart(bytes, from, hit), end);
        return pattern.test(line) ? null : end;
      },
      wholly,
    },
  );
}

/** How candidates are tried. */
interface Trial {
  /** Where to search on after a candidate in what is searched from a place; null when it is a match. */
  readonly after: (
    bytes: Buffer,
    candidate: { readonly from: number; readonly hit: number },
  ) => number | null;
  /** Searches a block without candidates; null where that cannot be. */
  readonly wholly: ((bytes: Buffer) => BlockSearch) | null;
}

/** Tries each place where one of some literals may be; where these are many, the next block is searched wholly. */
function searchAround(literals: readonly Buffer[], { after, wholly }: Trial): SearchStart {
  const needles = literals.map(needleIn);
  let isDense = false;
  return (bytes) => {
    const whole = isDense && bytes.length <= denseBytes ? (wholly?.(bytes) ?? null) : null;
    const next = whole ?? searchNeedles(needles, bytes);
    let hits = 0;
    isDense = false;
    return (from) => {
      for (let hit = next(from); hit >= 0;) {
        hits += 1;
        isDense ||= hits * fewBytes >= bytes.length;
        const on = whole === null ? after(bytes, { from, hit }) : null;
        if (on === null) return hit;
        hit = next(on);
      }
      return -1;
    };
  };
}

/** Finds where that may be to which the first of some needles belongs; each is searched for again only when the search has gone past it. */
function searchNeedles(needles: readonly Needle[], bytes: Buffer): BlockSearch {
  const places = needles.map(() => -1);
  return (from) => {
    let first = Infinity;
    for (const [at, { bytes: part, offset }] of needles.entries()) {
      let place = places[at] ?? Infinity;
      if (place < from) {
        const found = bytes.indexOf(part, from + offset);
        place = found < 0 ? Infinity : found - offset;
        places[at] = place;
      }
      first = Math.min(first, place);
    }
    return first === Infinity ? -1 : first;
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
