import type { Block } from './blocks.ts';
import { passes, type Filter } from './filter.ts';
import { createRecord, type LogRecord } from './log-record.ts';
import { recordsIn } from './records.ts';

/** What the records of one part of the log have in common. */
export interface ScanContext {
  readonly filter: Filter;
  /** A moment at or after every record of the part. */
  readonly near: Date;
}

/** The wanted records of a block, in order. */
export function* scanBlock(
  block: Block,
  { filter, near }: ScanContext,
): Generator<LogRecord, void> {
  let lastTimed: LogRecord | null = null;
  for (const { start, end } of recordsIn(block.bytes, block.start, block.end)) {
    const view = block.bytes.subarray(start, end);
    const before: LogRecord | null = lastTimed;
    const record = createRecord(block.owned ? view : Buffer.from(view), {
      near,
      inheritedTime: () => before?.time ?? null,
    });
    if (record.format !== 'plain' && record.format !== 'panic') lastTimed = record;
    if (passes(filter, record)) yield record;
  }
}
