import { parseLogLine } from '../format/parse-log-line.ts';
import { isSurelyBelow } from '../format/quick-level.ts';
import { searchOver, type SearchStart } from './block-search.ts';
import type { Block } from './blocks.ts';
import { passesGrep, passesLevel, passesTime, type Filter } from './filter.ts';
import { firstTime, lastTime } from './first-time.ts';
import { createRecord, type LogRecord, type RecordContext } from './log-record.ts';
import { disorderMs, type Moments } from './moment.ts';
import { partAt, type OpenLog } from './open-log.ts';
import { isSureHead, recordAround, recordsIn, type Span } from './records.ts';

/** A record and where it begins in the log. */
export interface Found {
  readonly record: LogRecord;
  readonly position: number;
}

/** Finds the wanted records of one block after another. */
export type Scanner = (block: Block) => readonly Found[];

/** Makes the scanner of one reading. */
export function createScanner(log: OpenLog, moments: Moments, filter: Filter): Scanner {
  const search = filter.grep === null || filter.invert ? null : searchOver(filter.grep);
  return (block) => {
    const { bytes } = block;
    const { spans, searched } = candidates(block, search);
    const near = partAt(log, block.position + block.end - 1)?.near ?? new Date();
    const isTimed = isTimeOpen(filter, block, near);
    const passes = (record: LogRecord): boolean =>
      (searched || passesGrep(filter, record)) &&
      passesLevel(filter, record) &&
      (!isTimed || passesTime(filter, record));
    const mustLook = isTimed || filter.level !== null || (filter.grep !== null && !searched);
    const found: Found[] = [];
    let head: Span | null = null;
    for (const span of spans) {
      const isHead = isSureHead(bytes, span.start, span.end);
      if (isHead) head = span;
      if (isSurelyBelow(filter.level, bytes, span.start, span.end)) continue;
      const position = block.position + span.start;
      const before = isHead ? null : head;
      const inheritedTime = (): Date | null =>
        before === null ? moments.capturedAt(position) : timeOf(bytes, before, near);
      const view = bytes.subarray(span.start, span.end);
      const context = { near, inheritedTime };
      if (mustLook && !passes(createRecord(view, context))) continue;
      const record = block.owned ? createRecord(view, context) : detached(view, context, isHead);
      found.push({ record, position });
    }
    return found;
  };
}

/** The record in bytes of its own, as the next block overwrites those it was found in. */
function detached(view: Buffer, context: RecordContext, isHead: boolean): LogRecord {
  const time = isHead ? null : context.inheritedTime();
  const own = Buffer.from(view);
  return createRecord(own, isHead ? context : { ...context, inheritedTime: () => time });
}

function timeOf(bytes: Buffer, { start, end }: Span, near: Date): Date | null {
  return parseLogLine(bytes.toString('utf8', start, end), { near }).time;
}

function candidates({ bytes, start, end }: Block, search: SearchStart | null) {
  const next = search?.(bytes, end) ?? null;
  return next === null
    ? { spans: recordsIn(bytes, start, end), searched: false }
    : { spans: hits({ start, end }, bytes, next), searched: true };
}

function* hits(
  { start, end }: Span,
  bytes: Buffer,
  next: (from: number) => number,
): Generator<Span, void> {
  for (let from = start; from < end;) {
    const hit = next(from);
    if (hit < 0 || hit >= end) return;
    const span = recordAround(bytes, { start: from, end }, hit);
    yield span;
    from = span.end;
  }
}

/** Whether records of a block may lie outside the times, so that each must be looked at. */
function isTimeOpen({ since, until }: Filter, block: Block, near: Date): boolean {
  if (since === null && until === null) return false;
  const bytes = block.bytes.subarray(block.start, block.end);
  const first = firstTime(bytes, true, near)?.timeMs;
  const last = lastTime(bytes, near)?.timeMs;
  if (first === undefined || last === undefined) return true;
  return (
    (since !== null && Math.min(first, last) < since.getTime() + disorderMs) ||
    (until !== null && Math.max(first, last) > until.getTime() - disorderMs)
  );
}
