import { clearParts, type RecordParts } from './record-parts.ts';
import { isOdd, scanPairs } from './scan-pairs.ts';

const space = 0x20;
const quote = 0x22;
const equals = 0x3d;
const headBytes = 25;
/** The punctuation of `INFO [03-04|09:15:02.118]`, by its place. */
const punctuation = [
  [5, '['],
  [8, '-'],
  [11, '|'],
  [14, ':'],
  [17, ':'],
  [20, '.'],
  [24, ']'],
].map(([at, character]) => [Number(at), String(character).charCodeAt(0)] as const);
const digitsAt = [6, 7, 9, 10, 12, 13, 15, 16, 18, 19, 21, 22, 23];
const blankAfter = new Set(['DBUG', 'INFO', 'WARN', 'EROR', 'CRIT'].map(fourBytes));
const lastLetter = new Map([
  [fourBytes('TRAC'), 0x45],
  [fourBytes('DEBU'), 0x47],
  [fourBytes('ERRO'), 0x52],
]);

function fourBytes(name: string): number {
  return Buffer.from(name).readUInt32BE(0);
}

/** Whether geth's head with level and time is at a place. */
export function isTerminalHead(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < headBytes) return false;
  for (const [at, byte] of punctuation) if (bytes[start + at] !== byte) return false;
  for (const at of digitsAt) {
    const byte = bytes[start + at] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  const name = bytes.readUInt32BE(start);
  const fifth = bytes[start + 4];
  return blankAfter.has(name) ? fifth === space : fifth === lastLetter.get(name);
}

/** What stands before an equals sign: no key, a key, or one with a character beyond ASCII, which only the text shows to be no blank. */
const noKey = 0;
const key = 1;
const wideKey = 2;

/** Finds the parts of a line in geth's terminal format; false where it is none, or not surely. */
export function scanTerminal(
  bytes: Buffer,
  start: number,
  end: number,
  parts: RecordParts,
): boolean {
  if (!isTerminalHead(bytes, start, end)) return false;
  const headTo = start + headBytes;
  const from = headTo < end && bytes[headTo] === space ? headTo + 1 : headTo;
  clearParts(parts, 'terminal', from);
  parts.levelFrom = start;
  parts.levelTo = start + (bytes[start + 4] === space ? 4 : 5);
  parts.timeFrom = start + 6;
  parts.timeTo = start + 24;
  const keyAt = firstKey(bytes, from, end);
  if (keyAt < 0) return false;
  let messageTo = keyAt;
  while (messageTo > from && bytes[messageTo - 1] === space) messageTo -= 1;
  if (messageTo > from && isOdd(bytes[messageTo - 1] ?? 0)) return false;
  parts.messageTo = messageTo;
  return keyAt === end || scanPairs(bytes, messageTo, end, parts);
}

/** Where the first key begins that stands after a blank; `end` where there is none, negative where that is not sure. */
function firstKey(bytes: Buffer, from: number, end: number): number {
  let begin = from;
  let state = noKey;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === space) {
      begin = at + 1;
      state = key;
    } else if (byte === equals) {
      if (state === wideKey) return -1;
      if (state === key && at > begin) return begin;
      state = noKey;
    } else if (byte === quote) state = noKey;
    else if (isOdd(byte)) {
      if (byte < 0x80) return -1;
      if (state === key) state = wideKey;
    }
  }
  return end;
}
