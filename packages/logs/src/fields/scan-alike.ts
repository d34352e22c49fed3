import { viewOf } from '../copy-ascii.ts';
import { equals, kinds, text } from './byte-kinds.ts';
import { fieldStride, written, type RecordParts } from './record-parts.ts';

const blank = 0x20;
/** Bytes of the message and of all keys that are remembered. */
const mostBytes = 1024;

/**
 * Reads a line that has the message and the keys of the one before, as most lines of a synced node do: these are compared, which takes half the time of
 * finding them.
 */
export interface AlikeScan {
  /** Remembers the line whose plain parts were found, from `from` on. */
  learn(bytes: Buffer, from: number, parts: RecordParts): void;
  /** Finds the parts from `from` on, where the message begins; false, with nothing found, for a line that is not like the one that was learnt. */
  read(bytes: Buffer, from: number, end: number, parts: RecordParts): boolean;
}

/** What was learnt of a line. */
interface Learnt {
  /** The message with the first key, and the other keys, each with its equals sign. */
  readonly bytes: Buffer;
  readonly view: DataView;
  /** For each field, at its place among the fields, where its key ends in the bytes. */
  readonly ends: Int32Array;
  count: number;
  messageBytes: number;
  /** Where the first key begins behind the message. */
  firstKeyAt: number;
  shape: number;
}

/** Shapes that were learnt so far. */
let shapes = 0;

/** A scan that has learnt nothing yet. */
export function createAlikeScan(): AlikeScan {
  const bytes = Buffer.alloc(mostBytes);
  const view = viewOf(bytes);
  const ends = new Int32Array(128 * fieldStride);
  const learnt = { bytes, view, ends, count: 0, messageBytes: 0, firstKeyAt: 0, shape: 0 };
  let seen: Buffer = bytes;
  let seenView = view;
  return {
    learn: (line, from, parts) => learn(learnt, line, from, parts),
    read(line, from, end, parts) {
      if (learnt.count === 0) return false;
      if (seen !== line) {
        seen = line;
        seenView = viewOf(line);
      }
      return readAlike(learnt, { bytes: line, view: seenView, from, end }, parts);
    },
  };
}

function learn(learnt: Learnt, line: Buffer, from: number, parts: RecordParts): void {
  const { fields } = parts;
  learnt.count = 0;
  let filled = 0;
  const stop = parts.count * fieldStride;
  for (let slot = 0; slot < stop; slot += fieldStride) {
    const keyFrom = slot === 0 ? from : (fields[slot] ?? 0);
    const keyTo = (fields[slot + 1] ?? 0) + 1;
    if (filled + keyTo - keyFrom > mostBytes) return;
    filled += line.copy(learnt.bytes, filled, keyFrom, keyTo);
    learnt.ends[slot] = filled;
  }
  learnt.messageBytes = parts.messageTo - from;
  learnt.firstKeyAt = (fields[0] ?? 0) - from;
  learnt.count = parts.count;
  shapes += 1;
  learnt.shape = shapes;
}

interface Line {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly from: number;
  readonly end: number;
}

function readAlike(learnt: Learnt, { bytes, view, from, end }: Line, parts: RecordParts): boolean {
  const { fields } = parts;
  const { bytes: keys, view: keysView, ends, count } = learnt;
  const { length } = bytes;
  const stop = count * fieldStride;
  let at = from;
  let known = 0;
  for (let slot = 0; slot < stop; slot += fieldStride) {
    fields[slot] = at;
    const keyEnd = ends[slot] ?? 0;
    // Of eight bytes of ASCII each number is another, and none is no number.
    const last = Math.min(keyEnd - known, length - at) - 8;
    let word = 0;
    for (; word <= last; word += 8) {
      if (view.getFloat64(at + word) !== keysView.getFloat64(known + word)) return false;
    }
    at += word;
    known += word;
    while (known < keyEnd && bytes[at] === keys[known]) {
      at += 1;
      known += 1;
    }
    if (known < keyEnd) return false;
    fields[slot + 1] = at - 1;
    fields[slot + 2] = at;
    // Behind a quote, or a character beyond ASCII, no key and no end of the line is found.
    while (isInValue[bytes[at] ?? 0] === 1) at += 1;
    fields[slot + 3] = at;
    fields[slot + 4] = written.plain;
    while (bytes[at] === blank) at += 1;
  }
  if (at !== end) return false;
  fields[0] = from + learnt.firstKeyAt;
  parts.messageTo = from + learnt.messageBytes;
  parts.count = count;
  parts.isPlain = true;
  parts.shape = learnt.shape;
  return true;
}

/** Whether a byte is a visible character of ASCII and no quote. */
const isInValue = kinds.map((kind) => (kind === text || kind === equals ? 1 : 0));
