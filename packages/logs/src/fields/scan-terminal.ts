import { createAlikeScan } from './scan-alike.ts';
import { clearParts, type RecordParts } from './record-parts.ts';
import { kinds, odd } from './byte-kinds.ts';
import { firstKey, scanPairs } from './scan-pairs.ts';

const space = 0x20;
/** Messages that take turns are remembered apart, by two of their characters. For all readers: whatever was learnt, what is found is what the long way finds. */
const alike = Array.from({ length: 16 }, createAlikeScan);
const headBytes = 25;
const blankAfter = new Set(['DBUG', 'INFO', 'WARN', 'EROR', 'CRIT'].map(fourBytes));
const lastLetter = new Map([
  [fourBytes('TRAC'), 0x45],
  [fourBytes('DEBU'), 0x47],
  [fourBytes('ERRO'), 0x52],
]);

function fourBytes(name: string): number {
  return Buffer.from(name).readInt32BE(0);
}

/** Whether geth's head with level and time, without colours, is at a place: `isTerminalHead` of line-kind takes less for one. */
export function isPlainHead(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < headBytes) return false;
  // Written out: a loop over a list of places takes three times as long, and this is asked of every line.
  if (bytes[start + 5] !== 0x5b || bytes[start + 24] !== 0x5d) return false;
  if (bytes[start + 8] !== 0x2d || bytes[start + 11] !== 0x7c) return false;
  if (bytes[start + 14] !== 0x3a || bytes[start + 17] !== 0x3a || bytes[start + 20] !== 0x2e) {
    return false;
  }
  if (!areDigits(bytes, start + 6, start + 8) || !areDigits(bytes, start + 9, start + 11)) {
    return false;
  }
  if (!areDigits(bytes, start + 12, start + 14) || !areDigits(bytes, start + 15, start + 17)) {
    return false;
  }
  if (!areDigits(bytes, start + 18, start + 20) || !areDigits(bytes, start + 21, start + 24)) {
    return false;
  }
  const name = wordAt(bytes, start);
  const fifth = bytes[start + 4];
  return blankAfter.has(name) ? fifth === space : fifth === lastLetter.get(name);
}

function areDigits(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    // Of digits alone this leaves less than ten.
    if (((bytes[at] ?? 0) ^ 0x30) > 9) return false;
  }
  return true;
}

function wordAt(bytes: Buffer, at: number): number {
  const upper = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16);
  return upper | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

/** Finds the parts of a line in geth's terminal format; false where it is none, or not surely. */
export function scanTerminal(
  bytes: Buffer,
  start: number,
  end: number,
  parts: RecordParts,
): boolean {
  if (!isPlainHead(bytes, start, end)) return false;
  const headTo = start + headBytes;
  const from = headTo < end && bytes[headTo] === space ? headTo + 1 : headTo;
  clearParts(parts, 'terminal', from);
  parts.levelFrom = start;
  parts.levelTo = start + (bytes[start + 4] === space ? 4 : 5);
  parts.timeFrom = start + 6;
  parts.timeTo = start + 24;
  const known = alike[((bytes[from] ?? 0) * 5 + (bytes[from + 9] ?? 0)) & 15];
  if (known?.read(bytes, from, end, parts) === true) return true;
  const keyAt = firstKey(bytes, from, end);
  if (keyAt < 0) return false;
  let messageTo = keyAt;
  while (messageTo > from && bytes[messageTo - 1] === space) messageTo -= 1;
  if (messageTo > from && kinds[bytes[messageTo - 1] ?? 0] === odd) return false;
  parts.messageTo = messageTo;
  if (keyAt === end) return true;
  if (!scanPairs(bytes, messageTo, end, parts)) return false;
  if (parts.isPlain) known?.learn(bytes, from, parts);
  return true;
}
