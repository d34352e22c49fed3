import { parseLevel, type Level } from '../format/level.ts';
import type { Candidate } from '../read/select/record-test.ts';
import { fieldNamed, messageText, valueText } from './field-text.ts';
import { createRecordParts, fieldStride, written, type RecordParts } from './record-parts.ts';
import { scanRecord } from './scan-record.ts';
import { createTimeReader } from './time-reader.ts';

/** A key as it is looked for in bytes. */
export interface KeyName {
  readonly text: string;
  readonly bytes: Buffer;
}

/** The bytes of a value, valid until the next is read. */
export interface Value {
  bytes: Buffer;
  from: number;
  to: number;
}

/** Reads what records say: from their bytes where these show it, else from the record as it is parsed. */
export interface RecordReader {
  /** Goes to a record; what was read of the one before is no longer valid. */
  open(candidate: Candidate): void;
  level(): Level | null;
  /** Milliseconds since 1970; `NaN` where nothing is known of the time. */
  timeMs(): number;
  message(): string;
  /** Reads the value of a field into `value`; false where the record has none. */
  field(key: KeyName, value: Value): boolean;
  /** The parts that the bytes show; null where the record has to be parsed. */
  parts(): RecordParts | null;
}

/** A reader, which holds the parts of one record at a time. */
export function createRecordReader(): RecordReader {
  const parts = createRecordParts();
  const readTime = createTimeReader();
  let current: Candidate | null = null;
  let isScanned = false;
  const parsed = () => current?.record();
  return {
    open(candidate) {
      current = candidate;
      const { bytes, from, to, isReadable } = candidate;
      isScanned = isReadable && scanRecord(bytes, from, to, parts);
    },
    level() {
      if (!isScanned || current === null) return parsed()?.level ?? null;
      return parseLevel(current.bytes.toString('latin1', parts.levelFrom, parts.levelTo));
    },
    timeMs() {
      const { near } = current ?? {};
      if (isScanned && current !== null && near !== undefined && parts.timeTo > 0) {
        const timeMs = readTime(current.bytes, parts, near);
        if (!Number.isNaN(timeMs)) return timeMs;
      }
      return parsed()?.time?.getTime() ?? NaN;
    },
    message() {
      if (!isScanned || current === null) return parsed()?.message ?? '';
      return messageText(current.bytes, parts);
    },
    field(key, value) {
      if (!isScanned || current === null) {
        const { fields = {} } = parsed() ?? {};
        return setText(value, Object.hasOwn(fields, key.text) ? fields[key.text] : undefined);
      }
      return readField(current.bytes, parts, key, value);
    },
    parts: () => (isScanned ? parts : null),
  };
}

function readField(bytes: Buffer, parts: RecordParts, key: KeyName, value: Value): boolean {
  const field = fieldNamed(bytes, parts, key.bytes);
  if (field < 0) return false;
  const at = field * fieldStride;
  if (parts.fields[at + 4] !== written.plain) return setText(value, valueText(bytes, parts, field));
  value.bytes = bytes;
  value.from = parts.fields[at + 2] ?? 0;
  value.to = parts.fields[at + 3] ?? 0;
  return true;
}

function setText(value: Value, text: string | undefined): boolean {
  if (text === undefined) return false;
  value.bytes = Buffer.from(text);
  value.from = 0;
  value.to = value.bytes.length;
  return true;
}
