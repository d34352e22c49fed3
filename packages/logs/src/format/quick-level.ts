import { overlapping } from '../pieces.ts';
import { isAtLeast, type Level } from './level.ts';

const byFirstLetter: Readonly<Record<string, Level>> = {
  t: 'trace',
  d: 'debug',
  i: 'info',
  w: 'warn',
  e: 'error',
  c: 'crit',
};
const bracket = 0x5b;
const bar = 0x7c;
const brace = 0x7b;
const inJson = Buffer.from('"lvl":"');
const inLogfmt = Buffer.from(' lvl=');
/** How pino begins a line when levels are named. */
const pinoHead = Buffer.from('{"level":"');
/** In logfmt the level stands right after the time. */
const logfmtReach = 48;

/** The level of a record in one of geth's formats, found without parsing it; null when it is not near the beginning. */
export function quickLevel(bytes: Buffer, start: number, end: number): Level | null {
  if (bytes[start + 5] === bracket && bytes[start + 11] === bar) return letterAt(bytes, start);
  const isJson = bytes[start] === brace;
  const mark = isJson ? inJson : inLogfmt;
  const reach = isJson ? end : Math.min(end, start + logfmtReach);
  const found = bytes.subarray(start, reach).indexOf(mark);
  if (found >= 0) return letterAt(bytes, start + found + mark.length);
  const isPino = isJson && pinoHead.compare(bytes, start, start + pinoHead.length) === 0;
  return isPino ? letterAt(bytes, start + pinoHead.length) : null;
}

/** The level of a JSON line that comes in pieces, null for any other line: old geth sorts all fields by name, so that long ones may precede `lvl`. */
export function jsonLevel(pieces: Iterable<Uint8Array>): Level | null {
  let isBeginning = true;
  for (const piece of overlapping(pieces, inJson.length)) {
    if (isBeginning && piece[0] !== brace) return null;
    isBeginning = false;
    const found = piece.indexOf(inJson);
    if (found >= 0 && found + inJson.length < piece.length) {
      return letterAt(piece, found + inJson.length);
    }
  }
  return null;
}

/** Whether a record is certainly below the minimum level, so that it need not be parsed. */
export function isSurelyBelow(
  minimum: Level | null,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  if (minimum === null) return false;
  const level = quickLevel(bytes, start, end);
  return level !== null && !isAtLeast(level, minimum);
}

function letterAt(bytes: Buffer, at: number): Level | null {
  return levelOfLetter(bytes[at] ?? 0);
}

/** The level whose name begins with a letter, in either case. */
export function levelOfLetter(letter: number): Level | null {
  return byFirstLetter[String.fromCharCode(letter | 0x20)] ?? null;
}
