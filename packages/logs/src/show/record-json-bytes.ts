import {
  fieldStride,
  written,
  createRecordParts,
  type RecordParts,
} from '../fields/record-parts.ts';
import { scanRecord } from '../fields/scan-record.ts';
import { levels, parseLevel, type Level } from '../format/level.ts';
import type { Candidate } from '../read/select/record-test.ts';
import { controlEscaped } from './control-escaped.ts';
import { copyAscii } from '../copy-ascii.ts';
import { frame, none, put, type JsonBytes } from './json-frames.ts';
import { createTimeWriter } from './time-json-bytes.ts';
import { mostPerByte, writeJsonText } from './json-bytes.ts';

/** A longer record is made of strings. */
const mostBytes = 4096;
/** What stands between the texts of a record, and its time. */
const frameBytes = 4096;

/** Bytes that a target has to have left for a record. */
export const jsonRoom: number = mostBytes * mostPerByte * 2 + frameBytes;

/** A record that becomes JSON. */
interface JsonCandidate extends Candidate, JsonBytes {
  /** Whether there is a backslash in the block that it is in, which has to be escaped. */
  readonly hasBackslash: boolean;
}

/**
 * Writes a record as a line of JSON behind what is in the target, and gives where it ends; negative for a record that has to be parsed or whose texts have
 * escapes: nothing is said of the bytes behind then.
 */
export type JsonWriter = (record: JsonCandidate, target: JsonBytes, place: number) => number;

/** A writer of what `recordJson` gives, many times as fast. */
export function createJsonWriter(source: string): JsonWriter {
  const parts = createRecordParts();
  const writeTime = createTimeWriter();
  const shapes = createShapes();
  const beginnings = new Map([...levels, null].map((level) => [level, frame(beginningOf(level))]));
  const end = frame(`},"source":${controlEscaped(JSON.stringify(source))},"line":"`);
  return (record, target, place) => {
    const { bytes, from, to, isReadable, near, hasBackslash } = record;
    if (!isReadable || near === undefined || to - from > mostBytes) return -1;
    if (!scanRecord(bytes, from, to, parts) || parts.timeTo === 0) return -1;
    const isPlain = parts.isPlain && !hasBackslash;
    const level = levelIn(bytes, parts);
    const shape = isPlain ? shapes.of(bytes, parts, level) : null;
    if (shape === null && (parts.messageWritten !== written.plain || !arePlain(bytes, parts))) {
      return -1;
    }
    let at = writeTime(target, place, record, parts, near);
    if (at < 0) return -1;
    if (shape === null) {
      at = put(target, at, beginnings.get(level) ?? none);
      at = writeText(target, at, record, parts.messageFrom, parts.messageTo, isPlain);
      if (at < 0) return -1;
      at = writeFields(target, put(target, at, fieldsBegin), record, parts, isPlain);
    } else at = writeValues(target, at, record, parts, shape);
    if (at < 0) return -1;
    at = writeText(target, put(target, at, end), record, from, to, isPlain);
    return at < 0 ? -1 : put(target, at, lineEnd);
  };
}

function beginningOf(level: Level | null): string {
  return `,"level":${JSON.stringify(level)},"message":"`;
}

/** What stands before the value of each field, the same in all records of a shape and a level. */
type Shape = readonly JsonBytes[];

/** Shapes that are remembered. */
const mostShapes = 64;

/** What the records of a shape have in common, once there are two of them. */
function createShapes() {
  const known = new Map<number, Shape | null>();
  let last: Shape | null = null;
  let lastKey = NaN;
  return {
    of(bytes: Buffer, parts: RecordParts, level: Level | null): Shape | null {
      if (parts.shape === 0) return null;
      const key = parts.shape * 8 + (level === null ? 7 : levels.indexOf(level));
      if (key === lastKey) return last;
      const found = known.get(key);
      if (found === undefined) {
        if (known.size >= mostShapes) known.clear();
        known.set(key, null);
        return null;
      }
      last = found ?? shapeOf(bytes, parts, level);
      lastKey = key;
      known.set(key, last);
      return last;
    },
  };
}

/** Null for one whose fields are not written in their order. */
function shapeOf(bytes: Buffer, parts: RecordParts, level: Level | null): Shape | null {
  if (!arePlain(bytes, parts)) return null;
  const { fields, count } = parts;
  const message = bytes.toString('latin1', parts.messageFrom, parts.messageTo);
  return Array.from({ length: count }, (_, field) => {
    const at = field * fieldStride;
    const before = field === 0 ? `${beginningOf(level)}${message}","fields":{` : '",';
    return frame(`${before}"${bytes.toString('latin1', fields[at], fields[at + 1])}":"`);
  });
}

/** Writes all from the level to the last value of a plain record of a shape. */
function writeValues(
  target: JsonBytes,
  place: number,
  { view }: JsonBytes,
  { fields }: RecordParts,
  shape: Shape,
): number {
  let out = place;
  for (let field = 0; field < shape.length; field += 1) {
    const at = field * fieldStride;
    out = put(target, out, shape[field] ?? none);
    out = copyAscii(target.view, out, view, fields[at + 2] ?? 0, fields[at + 3] ?? 0);
  }
  target.bytes[out] = 0x22;
  return out + 1;
}

/** Writes text as the inside of a JSON string; negative where that takes a string. */
function writeText(
  target: JsonBytes,
  place: number,
  source: JsonBytes,
  from: number,
  to: number,
  isPlain: boolean,
): number {
  if (isPlain) return copyAscii(target.view, place, source.view, from, to);
  return writeJsonText(target.bytes, place, source.bytes, from, to);
}

/** The commonest level needs no string. */
function levelIn(bytes: Buffer, { levelFrom, levelTo }: RecordParts): Level | null {
  const isInfo = bytes[levelFrom] === 0x49 && levelTo - levelFrom === 4;
  return isInfo ? 'info' : parseLevel(bytes.toString('latin1', levelFrom, levelTo));
}

const fieldsBegin = frame('","fields":{');
const lineEnd = frame('"}\n');

/** Whether fields can be written in their order: JavaScript puts keys that are numbers first, and has each key once. */
function arePlain(bytes: Buffer, { fields, count }: RecordParts): boolean {
  const stop = count * fieldStride;
  let seen = 0;
  for (let at = 0; at < stop; at += fieldStride) {
    const from = fields[at] ?? 0;
    const to = fields[at + 1] ?? 0;
    const first = bytes[from] ?? 0;
    if (fields[at + 4] !== written.plain || (first >= 0x30 && first <= 0x39) || first === 0x5f) {
      return false;
    }
    // Two that are the same have the same bit; that others have it too is rare.
    const bit = 1 << ((first + 3 * (bytes[to - 1] ?? 0) + 7 * (to - from)) & 31);
    if ((seen & bit) !== 0 && hasKey(bytes, fields, at)) return false;
    seen |= bit;
  }
  return true;
}

/** Whether a field has the key of one before it. */
function hasKey(bytes: Buffer, fields: RecordParts['fields'], place: number): boolean {
  const from = fields[place] ?? 0;
  const length = (fields[place + 1] ?? 0) - from;
  for (let at = 0; at < place; at += fieldStride) {
    const other = fields[at] ?? 0;
    if ((fields[at + 1] ?? 0) - other !== length) continue;
    let same = 0;
    while (same < length && bytes[other + same] === bytes[from + same]) same += 1;
    if (same === length) return true;
  }
  return false;
}

function writeFields(
  target: JsonBytes,
  place: number,
  source: JsonBytes,
  { fields, count }: RecordParts,
  isPlain: boolean,
): number {
  const { bytes } = target;
  const stop = count * fieldStride;
  let out = place;
  for (let at = 0; at < stop; at += fieldStride) {
    if (at > 0) bytes[out++] = 0x2c;
    bytes[out++] = 0x22;
    out = writeText(target, out, source, fields[at] ?? 0, fields[at + 1] ?? 0, isPlain);
    if (out < 0) return -1;
    bytes[out++] = 0x22;
    bytes[out++] = 0x3a;
    bytes[out++] = 0x22;
    out = writeText(target, out, source, fields[at + 2] ?? 0, fields[at + 3] ?? 0, isPlain);
    if (out < 0) return -1;
    bytes[out++] = 0x22;
  }
  return out;
}
