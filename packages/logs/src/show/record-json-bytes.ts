import {
  fieldStride,
  written,
  createRecordParts,
  type RecordParts,
} from '../fields/record-parts.ts';
import { scanRecord } from '../fields/scan-record.ts';
import { createTimeReader } from '../fields/time-reader.ts';
import { levels, parseLevel, type Level } from '../format/level.ts';
import type { Candidate } from '../read/select/record-test.ts';
import { mostPerByte, writeJsonText } from './json-bytes.ts';

/** A longer record is made of strings. */
const mostBytes = 4096;
/** What stands between the texts of a record, and its time. */
const frameBytes = 4096;

/** Bytes that a target has to have left for a record. */
export const jsonRoom: number = mostBytes * mostPerByte * 2 + frameBytes;

/**
 * Writes a record as a line of JSON behind what is in the target, and gives where it ends; negative for a record that has to be parsed or whose texts have
 * escapes: nothing is said of the bytes behind then.
 */
export type JsonWriter = (record: Candidate, target: Buffer, place: number) => number;

/** A writer of what `recordJson` gives, several times as fast. */
export function createJsonWriter(source: string): JsonWriter {
  const parts = createRecordParts();
  const readTime = createTimeReader();
  const iso = createIsoWriter();
  const beginnings = new Map(
    [...levels, null].map((level) => [
      level,
      Buffer.from(`,"level":${JSON.stringify(level)},"message":"`),
    ]),
  );
  const end = Buffer.from(`},"source":${JSON.stringify(source)},"line":"`);
  return ({ bytes, from, to, isReadable, near }, target, place) => {
    if (!isReadable || near === undefined || to - from > mostBytes) return -1;
    if (!scanRecord(bytes, from, to, parts) || parts.timeTo === 0) return -1;
    if (parts.messageWritten !== written.plain || !arePlain(bytes, parts)) return -1;
    const timeMs = readTime(bytes, parts, near);
    if (Number.isNaN(timeMs)) return -1;
    let at = iso(target, place, timeMs);
    const level = levelIn(bytes, parts);
    at = put(target, at, beginnings.get(level) ?? Buffer.alloc(0));
    at = writeJsonText(target, at, bytes, { from: parts.messageFrom, to: parts.messageTo });
    if (at < 0) return -1;
    at = writeFields(target, put(target, at, fieldsBegin), bytes, parts);
    if (at < 0) return -1;
    at = writeJsonText(target, put(target, at, end), bytes, { from, to });
    return at < 0 ? -1 : put(target, at, lineEnd);
  };
}

/** The commonest level needs no string. */
function levelIn(bytes: Buffer, { levelFrom, levelTo }: RecordParts): Level | null {
  const isInfo = bytes[levelFrom] === 0x49 && levelTo - levelFrom === 4;
  return isInfo ? 'info' : parseLevel(bytes.toString('latin1', levelFrom, levelTo));
}

const fieldsBegin = Buffer.from('","fields":{');
const lineEnd = Buffer.from('"}\n');

/** Whether fields can be written in their order: JavaScript puts keys that are numbers first, and has each key once. */
function arePlain(bytes: Buffer, { fields, count }: RecordParts): boolean {
  const stop = count * fieldStride;
  for (let at = 0; at < stop; at += fieldStride) {
    const from = fields[at] ?? 0;
    const length = (fields[at + 1] ?? 0) - from;
    const first = bytes[from] ?? 0;
    if (fields[at + 4] !== written.plain || (first >= 0x30 && first <= 0x39) || first === 0x5f) {
      return false;
    }
    for (let other = 0; other < at; other += fieldStride) {
      const begin = fields[other] ?? 0;
      if ((fields[other + 1] ?? 0) - begin !== length || bytes[begin] !== first) continue;
      if (bytes.compare(bytes, begin, begin + length, from, from + length) === 0) return false;
    }
  }
  return true;
}

function writeFields(
  target: Buffer,
  place: number,
  bytes: Buffer,
  { fields, count }: RecordParts,
): number {
  let out = place;
  for (let field = 0; field < count; field += 1) {
    const at = field * fieldStride;
    if (field > 0) target[out++] = 0x2c;
    target[out++] = 0x22;
    out = writeJsonText(target, out, bytes, { from: fields[at] ?? 0, to: fields[at + 1] ?? 0 });
    if (out < 0) return -1;
    target[out++] = 0x22;
    target[out++] = 0x3a;
    target[out++] = 0x22;
    out = writeJsonText(target, out, bytes, { from: fields[at + 2] ?? 0, to: fields[at + 3] ?? 0 });
    if (out < 0) return -1;
    target[out++] = 0x22;
  }
  return out;
}

function put(target: Buffer, at: number, bytes: Buffer): number {
  for (let index = 0; index < bytes.length; index += 1) target[at + index] = bytes[index] ?? 0;
  return at + bytes.length;
}

/** Writes `{"time":"2026-03-04T09:15:02.118Z"`; the minute only when it is another one. */
function createIsoWriter(): (target: Buffer, place: number, timeMs: number) => number {
  const minuteMs = 60_000;
  let minute = NaN;
  let head = Buffer.alloc(0);
  return (target, place, timeMs) => {
    const thisMinute = Math.floor(timeMs / minuteMs);
    if (thisMinute !== minute) {
      minute = thisMinute;
      const text = new Date(timeMs).toISOString();
      head = Buffer.from(`{"time":"${text.slice(0, -7)}`);
    }
    const ms = timeMs - minute * minuteMs;
    let at = put(target, place, head);
    at = writeDigits(target, at, Math.floor(ms / 1000), 2);
    target[at++] = 0x2e;
    at = writeDigits(target, at, ms % 1000, 3);
    target[at++] = 0x5a;
    target[at++] = 0x22;
    return at;
  };
}

function writeDigits(target: Buffer, place: number, value: number, digits: number): number {
  let left = value;
  for (let at = place + digits - 1; at >= place; at -= 1) {
    target[at] = 0x30 + (left % 10);
    left = Math.floor(left / 10);
  }
  return place + digits;
}
