import type { RecordParts } from '../fields/record-parts.ts';
import { createTimeReader } from '../fields/time-reader.ts';
import { frame, none, put, type JsonBytes } from './json-frames.ts';

/** Writes `{"time":"2026-03-04T09:15:02.118Z"`; negative where the bytes do not show a time. */
export type TimeWriter = (
  target: JsonBytes,
  place: number,
  source: JsonBytes,
  parts: RecordParts,
  near: Date,
) => number;

/** Bytes of `03-04|09:15` and of `{"time":"2026-03-04T09:15`. */
const minuteBytes = 11;
const headBytes = 25;

/** Of records in the terminal format and of the same minute as the one before, the seconds are copied: no zone has a part of a minute today. */
export function createTimeWriter(): TimeWriter {
  const readTime = createTimeReader();
  const iso = createIsoWriter();
  const minute = frame(' '.repeat(minuteBytes));
  const head = frame(' '.repeat(headBytes));
  let minuteNear: Date | null = null;
  return (target, place, { bytes, view }, parts, near) => {
    const { timeFrom: from } = parts;
    const rest = from + minuteBytes;
    const isSame =
      near === minuteNear &&
      parts.format === 'terminal' &&
      // Both ends of the minute, the last digits first.
      view.getFloat64(rest - 8) === minute.view.getFloat64(minuteBytes - 8) &&
      view.getFloat64(from) === minute.view.getFloat64(0) &&
      (bytes[rest + 1] ?? 0) < 0x36;
    if (isSame) {
      const at = put(target, place, head);
      // `:02.118` and what stands behind it, which is written over.
      target.view.setFloat64(at, view.getFloat64(rest));
      target.bytes[at + 7] = 0x5a;
      target.bytes[at + 8] = 0x22;
      return at + 9;
    }
    const timeMs = readTime(bytes, parts, near);
    if (Number.isNaN(timeMs)) return -1;
    const end = iso(target, place, timeMs);
    minuteNear = null;
    if (parts.format === 'terminal' && end === place + headBytes + 9) {
      if (bytes.compare(target.bytes, end - 9, end - 2, rest, rest + 7) !== 0) return end;
      bytes.copy(minute.bytes, 0, from, rest);
      target.bytes.copy(head.bytes, 0, place, place + headBytes);
      minuteNear = near;
    }
    return end;
  };
}

/** Writes a time in the same way; the hour only when it is another one. */
function createIsoWriter(): (target: JsonBytes, place: number, timeMs: number) => number {
  const hourMs = 3_600_000;
  let hour = NaN;
  let head = none;
  return (target, place, timeMs) => {
    if (!(timeMs >= hour && timeMs < hour + hourMs)) {
      hour = Math.floor(timeMs / hourMs) * hourMs;
      head = frame(`{"time":"${new Date(timeMs).toISOString().slice(0, -10)}`);
    }
    // Whole numbers of 32 bits: to divide others takes as long as all the rest.
    const ms = (timeMs - hour) | 0;
    const seconds = (ms / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const { bytes } = target;
    const at = put(target, place, head);
    writeTwo(bytes, at, minutes);
    bytes[at + 2] = 0x3a;
    writeTwo(bytes, at + 3, seconds - minutes * 60);
    bytes[at + 5] = 0x2e;
    const rest = ms - seconds * 1000;
    const hundreds = (rest / 100) | 0;
    bytes[at + 6] = 0x30 + hundreds;
    writeTwo(bytes, at + 7, rest - hundreds * 100);
    bytes[at + 9] = 0x5a;
    bytes[at + 10] = 0x22;
    return at + 11;
  };
}

function writeTwo(target: Buffer, place: number, value: number): void {
  const tens = (value / 10) | 0;
  target[place] = 0x30 + tens;
  target[place + 1] = 0x30 + value - tens * 10;
}
