import { isAscii, isUtf8 } from 'node:buffer';
import { bytePattern } from './byte-pattern.ts';
import { findRun } from './find-run.ts';
import { lineSearch, longLineBytes, type LineSearch } from './line-search.ts';
import { cheapestNeedles, type Needle } from './needles.ts';
import { isLiteral, namesNewline } from './pattern.ts';
import { lineEnd, lineStart } from '../record/record-boundaries.ts';
import { requiredLiterals } from './required-literals.ts';
import type { Required } from './required.ts';
import { textSearch, type TextSearch } from './required-parts.ts';

const newline = 0x0a;

/** Finds the next match at or after a place in some bytes; negative when there is none. */
export type BlockSearch = (from: number) => number;

/** Starts a search through some bytes; null when they must be searched record by record. */
export type SearchStart = (bytes: Buffer) => BlockSearch | null;

/**
 * A search over a whole block at once, ten times as fast as line by line. Where a text that each match must contain is rare in the data, only lines with it
 * are looked at; else the pattern is matched against the block as text, in pieces of `pieceBytes` that end with a line.
 */
export function searchOver(
  pattern: RegExp,
  searchLine: LineSearch = lineSearch(pattern),
  pieceBytes = longLineBytes,
): SearchStart {
  if (isLiteral(pattern)) return searchLiteral(pattern.source);
  // A match could span two records.
  if (namesNewline(pattern)) return () => null;
  const wholly = searchWholly(pattern, (searchPiece) => (bytes) => {
    return searchPieces(bytes, { pieceBytes, searchPiece, searchLine });
  });
  const required = requiredLiterals(pattern);
  return required === null ? wholly : searchLines(required, searchLine, wholly);
}

/** Matches a pattern against the text of a block. */
function searchWholly(pattern: RegExp, inPieces: InPieces): SearchStart {
  const inBytes = bytePattern(pattern);
  if (inBytes !== null) return inPieces(searchLatin1(textSearch(inBytes)));
  const search = textSearch(pattern);
  const ofAscii = inPieces(searchLatin1(search));
  const ofUtf8 = inPieces(searchUtf8(search));
  return (bytes) => {
    if (isAscii(bytes)) return ofAscii(bytes);
    // Decoding replaces bytes that are not UTF-8, so offsets in the text would not be those in the bytes.
    return isUtf8(bytes) ? ofUtf8(bytes) : null;
  };
}

type StartInPiece = (piece: Buffer) => BlockSearch;
type InPieces = (searchPiece: StartInPiece) => SearchStart;

interface Pieces {
  readonly pieceBytes: number;
  readonly searchPiece: StartInPiece;
  /** Searches a line that is longer than a piece. */
  readonly searchLine: LineSearch;
}

/** Searches bytes in pieces of whole lines, each prepared when the search reaches it. A search begins at the start of a line. */
function searchPieces(bytes: Buffer, { pieceBytes, searchPiece, searchLine }: Pieces): BlockSearch {
  const all = bytes.length;
  let [begin, end] = [0, 0];
  let search: BlockSearch = () => -1;
  const open = (at: number): void => {
    begin = at;
    end = lineEnd(bytes, Math.min(at + pieceBytes, all) - 1, all);
    const last = lineStart(bytes, at, end - 1);
    const isLong = end - last > pieceBytes;
    if (isLong && last > at) end = last;
    const piece = bytes.subarray(begin, end);
    if (!isLong || last > at) search = searchPiece(piece);
    else search = (from) => (from === 0 && hasMatch(searchLine, piece) ? 0 : -1);
  };
  return (from) => {
    if (from >= end) open(from);
    for (let at = from; ; at = begin) {
      const hit = search(at - begin);
      // Prevents `$` from matching at the end of a piece within a line.
      if (hit >= 0 && (begin + hit < end || end === all)) return begin + hit;
      if (end === all) return -1;
      open(end);
    }
  };
}

/** Finds places where something that is required may be, whatever is around it. */
export function searchRequired(required: Required): SearchStart {
  return searchAround(required, { after: () => null, wholly: null });
}

function searchLiteral(literal: string): SearchStart {
  const whole = Buffer.from(literal);
  return searchAround(
    { text: literal },
    {
      // An unfinished last line may end within the literal.
      after: (bytes, { hit }) => (isAt(bytes, hit, whole) ? null : hit + 1),
      wholly: null,
    },
  );
}

/** Compared one by one: a call of `compare` takes longer than the few bytes that there are. */
function isAt(bytes: Buffer, place: number, text: Buffer): boolean {
  let at = 0;
  while (at < text.length && bytes[place + at] === text[at]) at += 1;
  return at === text.length;
}

/** Matches the pattern against the lines that may have what is required. */
function searchLines(required: Required, searchLine: LineSearch, wholly: SearchStart): SearchStart {
  return searchAround(required, {
    after: (bytes, { from, hit }) => {
      const end = lineEnd(bytes, hit, bytes.length);
      const line = bytes.subarray(lineStart(bytes, from, hit), end);
      return hasMatch(searchLine, line) ? null : end;
    },
    wholly,
  });
}

/** Nothing matches after the newline of a line. */
function hasMatch(searchLine: LineSearch, line: Buffer): boolean {
  const text = line.at(-1) === newline ? line.subarray(0, -1) : line;
  return searchLine([text], line.length);
}

/** How candidates are verified. */
interface Trial {
  /** Where to continue after a candidate that is no match; null when it is one. */
  readonly after: (
    bytes: Buffer,
    candidate: { readonly from: number; readonly hit: number },
  ) => number | null;
  /** Searches a block without candidates; null where there is no such way. */
  readonly wholly: SearchStart | null;
}

/** Nanoseconds a byte that a search without candidates takes, on the scale of `cheapestNeedles`. */
const costWholly = 1;
/** Bytes by which it is judged what is rare. */
const sampleBytes = 64 * 1024;
/** Blocks before which a judgement is not made again. */
const judgedBlocks = 16;
/** Bytes for each candidate in vain of which there are too many when there are fewer. */
const fewBytes = 1024;

/** Verifies each place where something that is required may be. What is searched for is judged on the data, and once more where that turns out to be wrong. */
function searchAround(required: Required, { after, wholly }: Trial): SearchStart {
  let needles: readonly Needle[] | null = null;
  let blocks = 0;
  let isWrong = true;
  return (bytes) => {
    if (isWrong && blocks % judgedBlocks === 0) {
      const most = wholly === null ? Infinity : costWholly;
      needles = cheapestNeedles(required, bytes.subarray(0, sampleBytes), most)?.needles ?? null;
      blocks = 0;
    }
    blocks += 1;
    // Without needles it is only known by another look whether they would do.
    isWrong = needles === null;
    const whole = needles === null ? (wholly?.(bytes) ?? null) : null;
    if (whole !== null || needles === null) return whole;
    const next = searchNeedles(needles, bytes);
    let inVain = 0;
    return (from) => {
      for (let hit = next(from); hit >= 0;) {
        const on = after(bytes, { from, hit });
        if (on === null) return hit;
        inVain += 1;
        isWrong ||= inVain * fewBytes >= bytes.length;
        hit = next(on);
      }
      return -1;
    };
  };
}

/** Finds the first place where a text may be, by its needle. Each needle is searched for again only when the search has passed it. */
function searchNeedles(needles: readonly Needle[], bytes: Buffer): BlockSearch {
  const [only, ...others] = needles;
  if (only !== undefined && others.length === 0) return searchNeedle(only, bytes);
  const searches = needles.map((needle) => searchNeedle(needle, bytes));
  const places = needles.map(() => -1);
  return (from) => {
    let first = Infinity;
    for (let at = 0; at < searches.length; at += 1) {
      let place = places[at] ?? Infinity;
      if (place < from) {
        const found = searches[at]?.(from) ?? -1;
        place = found < 0 ? Infinity : found;
        places[at] = place;
      }
      if (place < first) first = place;
    }
    return first === Infinity ? -1 : first;
  };
}

function searchNeedle(needle: Needle, bytes: Buffer): BlockSearch {
  if ('run' in needle) return (from) => findRun(needle, bytes, from);
  const { bytes: part, offset, isOut } = needle;
  return (from) => {
    let found = bytes.indexOf(part, from + offset);
    while (isOut !== undefined && found >= 0 && isOut(bytes, found - offset)) {
      found = bytes.indexOf(part, found + 1);
    }
    return found < 0 ? -1 : found - offset;
  };
}

function searchLatin1(search: TextSearch): StartInPiece {
  return (piece) => {
    const text = piece.toString('latin1');
    if (!search.canMatch(text, 0)) return () => -1;
    // Where a match ends is as good as where it begins: both are in the same line, the newline of which no match holds.
    return (from) => search.findEnd(text, from);
  };
}

/** Offsets in the text and in the bytes differ; both are counted on from the last place asked for. */
function searchUtf8(search: TextSearch): StartInPiece {
  return (piece) => {
    const text = piece.toString('utf8');
    if (!search.canMatch(text, 0)) return () => -1;
    let [bytesAt, textAt] = [0, 0];
    return (from) => {
      textAt += piece.toString('utf8', bytesAt, from).length;
      bytesAt = from;
      const found = search.find(text, textAt);
      return found < 0 ? -1 : from + Buffer.byteLength(text.slice(textAt, found));
    };
  };
}
