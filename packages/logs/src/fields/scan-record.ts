import type { RecordParts } from './record-parts.ts';
import { scanJson } from './scan-json.ts';
import { scanLogfmt } from './scan-logfmt.ts';
import { scanTerminal } from './scan-terminal.ts';

/** A longer record is parsed: what it means is in its first 64 KiB. */
const longestRecord = 32 * 1024;

/**
 * Finds time, level, message and fields of a record, without its newline, in one pass over its bytes. What it finds is what `parseLogLine` reads;
 * false for a record that has to be parsed for that: in another format, of several lines, with colours.
 */
export function scanRecord(bytes: Buffer, start: number, end: number, parts: RecordParts): boolean {
  if (end - start > longestRecord) return false;
  const first = bytes[start];
  if (first === 0x7b) return scanJson(bytes, start, end, parts);
  if (first === 0x74 || first === 0x6c) return scanLogfmt(bytes, start, end, parts);
  return scanTerminal(bytes, start, end, parts);
}
