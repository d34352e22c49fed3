import type { KeyName, RecordReader, Value } from '../fields/record-reader.ts';
import { textShape } from './text-shape.ts';

/** Characters of a message that are looked at. */
const mostText = 1024;
/** Keys that say which error it is, where the message is the same for several. */
const reasons: readonly KeyName[] = ['err', 'error', 'reason'].map((text) => ({
  text,
  bytes: Buffer.from(text),
}));
const value: Value = { bytes: Buffer.alloc(0), from: 0, to: 0 };

/** The first line of a record's message. */
export function firstLine(reader: RecordReader): string {
  return (reader.message().split('\n', 1)[0] ?? '').slice(0, mostText);
}

/** What the open record says: two are of one shape where they differ only by numbers, hashes and addresses. */
export function recordShape(reader: RecordReader): string {
  const hasReason = reasons.some((key) => reader.field(key, value));
  const reason = hasReason ? value.bytes.toString('utf8', value.from, value.to) : '';
  return `${reader.level() ?? ''} ${textShape(`${firstLine(reader)} ${reason.slice(0, mostText)}`)}`;
}
