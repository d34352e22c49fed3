import { equals, kinds, text } from '../fields/byte-kinds.ts';
import { isPlainHead } from '../fields/scan-terminal.ts';
import { lineStart } from '../read/record/record-boundaries.ts';
import type { IsOut } from '../read/search/required.ts';
import type { ValueTest } from './value-test.ts';

const newline = 0x0a;
const blank = 0x20;

/**
 * Tells at a glance of most places where a key is written that they are no field which fits: in a line with geth's head a field is ` key=value` and a blank. Where
 * anything else is there, such as a quote, a colour or a line of JSON, nothing is told.
 */
export function outAtAGlance(key: string, fits: ValueTest): IsOut {
  const name = Buffer.from(key);
  return (bytes, place) => {
    const end = place + name.length;
    for (let at = place; at < end; at += 1) if (bytes[at] !== name[at - place]) return true;
    const isWithin = isWord(bytes[end]) || isBehindWord(bytes, place);
    if (!isWithin && !isOtherValue(bytes, place, end, fits)) return false;
    const from = lineStart(bytes, 0, place);
    return isPlainHead(bytes, from, place);
  };
}

/** Whether a word that a blank precedes goes on here; the end of a colour may look like a word. */
function isBehindWord(bytes: Buffer, place: number): boolean {
  let at = place - 1;
  while (isWord(bytes[at])) at -= 1;
  return at < place - 1 && bytes[at] === blank;
}

/** Whether a key from `place` to `end` has a value without quotes that does not fit. */
function isOtherValue(bytes: Buffer, place: number, end: number, fits: ValueTest): boolean {
  if (bytes[place - 1] !== blank || bytes[end] !== 0x3d) return false;
  const from = end + 1;
  let to = from;
  for (; to < bytes.length; to += 1) {
    const kind = kinds[bytes[to] ?? 0];
    if (kind !== text && kind !== equals) break;
  }
  const isWhole = to === bytes.length || bytes[to] === blank || bytes[to] === newline;
  return isWhole && !fits(bytes, from, to);
}

/** Whether a byte is part of a key wherever it stands. */
function isWord(byte = 0): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}
