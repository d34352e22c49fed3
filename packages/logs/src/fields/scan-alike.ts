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

/** A scan that has learnt nothing yet. */
export function createAlikeScan(): AlikeScan {
  const memory = Buffer.alloc(mostBytes);
  const learnt = viewOf(memory);
  let seen: Buffer = memory;
  let view = learnt;
  /** Where each key ends in the memory, behind its equals sign; the first one has the message before it. */
  const ends = new Int32Array(128 * fieldStride);
  let count = 0;
  let messageBytes = 0;
  let firstKeyAt = 0;
  return {
    learn(bytes, from, parts) {
      const { fields } = parts;
      count = 0;
      let filled = 0;
      for (let field = 0; field < parts.count; field += 1) {
        const keyFrom = field === 0 ? from : (fields[field * fieldStride] ?? 0);
        const keyTo = (fields[field * fieldStride + 1] ?? 0) + 1;
        if (filled + keyTo - keyFrom > mostBytes) return;
        filled += bytes.copy(memory, filled, keyFrom, keyTo);
        ends[field * fieldStride] = filled;
      }
      messageBytes = parts.messageTo - from;
      firstKeyAt = (fields[0] ?? 0) - from;
      ({ count } = parts);
    },
    read(bytes, from, end, parts) {
      if (count === 0) return false;
      if (seen !== bytes) {
        seen = bytes;
        view = viewOf(bytes);
      }
      const { fields } = parts;
      const { length } = bytes;
      let at = from;
      let known = 0;
      let slot = 0;
      const stop = count * fieldStride;
      for (; slot < stop; slot += fieldStride) {
        fields[slot] = at;
        const keyEnd = ends[slot] ?? 0;
        // Of eight bytes of ASCII each number is another, and none is no number.
        const last = Math.min(keyEnd - known, length - at) - 8;
        let word = 0;
        for (; word <= last; word += 8) {
          if (view.getFloat64(at + word) !== learnt.getFloat64(known + word)) return false;
        }
        at += word;
        known += word;
        while (known < keyEnd && bytes[at] === memory[known]) {
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
      fields[0] = from + firstKeyAt;
      parts.messageTo = from + messageBytes;
      parts.count = count;
      parts.isPlain = true;
      return true;
    },
  };
}

/** Whether a byte is a visible character of ASCII and no quote. */
const isInValue = kinds.map((kind) => (kind === text || kind === equals ? 1 : 0));
