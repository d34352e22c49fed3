import { isSurelyBelow } from '../../format/quick-level.ts';
import {
  searchOver,
  searchRequired,
  type BlockSearch,
  type SearchStart,
} from '../search/block-search.ts';
import type { Block } from './blocks.ts';
import { passesLevel, passesTime, type Filter } from './filter.ts';
import { firstTime, lastTime } from './first-time.ts';
import { createRecords, type BlockRecords, type LogRecord } from '../record/log-record.ts';
import { allOf } from '../search/required.ts';
import { lineSearch } from '../search/line-search.ts';
import type { Granularity } from './matches.ts';
import type { RecordTest } from './record-test.ts';
import { disorderMs, type TimeLookup } from './time-lookup.ts';
import type { OpenLog } from '../open/open-log.ts';
import { lineEnd, recordAround, recordsIn, startsRecord } from '../record/record-boundaries.ts';
import { severeRecords } from '../record/severe-records.ts';

const newline = 0x0a;

/** Finds the wanted spans of one block after another: where they begin and end, alternately. */
export type Scanner = (block: Block, granularity: Granularity) => readonly number[];

/** Makes the scanner of one reading. */
export function createScanner(log: OpenLog, timeLookup: TimeLookup, filter: Filter): Scanner {
  const { grep, level, tests } = filter;
  const searchLine = grep === null ? null : lineSearch(grep);
  const search =
    grep === null ? candidateSearch(log, tests) : searchOver(grep, searchLine ?? undefined);
  const passesGrep = (record: LogRecord, bytes: number): boolean =>
    searchLine === null || searchLine(record.pieces(), bytes) !== filter.invert;
  const passesTests = tester(log, tests);
  const isInverted = grep !== null && filter.invert;
  const allRecords = level === null || log.parse !== undefined ? recordsIn : severeRecords(level);
  return (block, granularity) => {
    const { bytes, start, end } = block;
    let made: BlockRecords | null = null;
    // A search that is all there is needs none.
    const records = () => (made ??= createRecords(log, timeLookup, block));
    if (block.more > 0) {
      const line = records().view(start, end);
      const isWanted =
        passesLevel(filter, line) &&
        passesTime(filter, line) &&
        passesGrep(line, end - start) &&
        passesTests(block, records, start, end);
      return isWanted ? [start, end] : [];
    }
    const isTimed = isTimeOpen(filter, block, records);
    const next = search?.(bytes.subarray(start, end)) ?? null;
    const isSearched = grep === null || next !== null;
    const isFound = isSearched && level === null && tests.length === 0 && !isTimed;
    if (isFound && granularity === 'ranges') return rangesOf(block, next, isInverted);
    const spans = next === null ? allRecords(bytes, start, end) : searched(block, next, isInverted);
    if (isFound) return spans;
    return chosen(spans, granularity === 'ranges', (from, to) => {
      if (log.parse === undefined && isSurelyBelow(level, bytes, from, to)) return false;
      if (!isSearched || level !== null || isTimed) {
        const record = records().view(from, to);
        const isWanted =
          (isSearched || passesGrep(record, to - from)) &&
          passesLevel(filter, record) &&
          (!isTimed || passesTime(filter, record));
        if (!isWanted) return false;
      }
      // Last, as a test may count what it refuses.
      return tests.length === 0 || passesTests(block, records, from, to);
    });
  };
}

/** Finds records that may pass the tests by what they must contain; null where all of them have to be tested. */
function candidateSearch({ parse }: OpenLog, tests: readonly RecordTest[]): SearchStart | null {
  // In a format of the caller's a field need not stand in the line.
  if (parse !== undefined) return null;
  const required = allOf(tests.map((test) => test.required));
  return required === null ? null : searchRequired(required);
}

type RecordsOf = () => BlockRecords;
type Tester = (block: Block, records: RecordsOf, from: number, to: number) => boolean;

/** Whether a record of a block passes all tests. */
function tester({ parse }: OpenLog, tests: readonly RecordTest[]): Tester {
  const here = {
    bytes: Buffer.alloc(0) as Buffer,
    from: 0,
    to: 0,
    end: 0,
    isReadable: true,
    isWhole: true,
  };
  let records: RecordsOf | null = null;
  let found: LogRecord | null = null;
  const record = (): LogRecord => {
    if (records === null) throw new Error('a test keeps no candidate');
    found ??= records().view(here.from, here.end);
    return found;
  };
  const candidate = Object.assign(here, { record });
  return ({ bytes, more }, recordsNow, from, to) => {
    here.bytes = bytes;
    here.from = from;
    here.end = to;
    here.to = bytes[to - 1] === newline ? to - 1 : to;
    here.isWhole = more === 0;
    here.isReadable = parse === undefined && more === 0;
    records = recordsNow;
    found = null;
    return tests.every((test) => test.passes(candidate));
  };
}

/** The ranges of a block that a search finds, or with `invert` those that it does not; all of it without a search. */
function rangesOf(block: Block, next: BlockSearch | null, invert: boolean): readonly number[] {
  const { start, end } = block;
  if (next === null) return [start, end];
  const found = hits(block, next, true);
  return invert ? between(found, start, end) : found;
}

function searched(block: Block, next: BlockSearch, invert: boolean): readonly number[] {
  const found = hits(block, next, invert);
  if (!invert) return found;
  const gaps = between(found, block.start, block.end);
  const spans: number[] = [];
  for (let at = 0; at < gaps.length; at += 2) {
    for (const edge of recordsIn(block.bytes, gaps[at] ?? 0, gaps[at + 1] ?? 0)) spans.push(edge);
  }
  return spans;
}

/** Bytes within which a hit is most likely in the next line. */
const nextBytes = 512;

/** The records with a hit; with `merge` those that follow each other as one span. */
function hits({ bytes, start, end }: Block, next: BlockSearch, merge: boolean): readonly number[] {
  const spans: number[] = [];
  let last = -1;
  for (let from = start; from < end;) {
    const hit = next(from - start);
    // An empty match at the very end belongs to the last record only if that has no newline.
    if (hit < 0 || (start + hit >= end && bytes[end - 1] === newline)) break;
    const place = Math.min(start + hit, end - 1);
    let [first, stop] = [from, place - from < nextBytes ? lineEnd(bytes, from, end) : from];
    // Where many records have a hit, the next one is the line that begins here.
    const isLine =
      place < stop &&
      startsRecord(bytes, from, end) &&
      (stop === end || startsRecord(bytes, stop, end));
    if (!isLine) ({ start: first, end: stop } = recordAround(bytes, { start: from, end }, place));
    if (merge && first === last) spans[spans.length - 1] = stop;
    else spans.push(first, stop);
    from = last = stop;
  }
  return spans;
}

/** What lies before, between and after some spans. */
function between(spans: readonly number[], start: number, end: number): readonly number[] {
  const edges = [start, ...spans, end];
  return edges.filter((edge, at) => edge !== edges[at % 2 === 0 ? at + 1 : at - 1]);
}

/** The wanted ones of some spans; with `merge` those that follow each other as one. */
function chosen(
  spans: readonly number[],
  merge: boolean,
  isWanted: (from: number, to: number) => boolean,
): readonly number[] {
  const wanted: number[] = [];
  let last = -1;
  for (let at = 0; at < spans.length; at += 2) {
    const [from = 0, to = 0] = [spans[at], spans[at + 1]];
    if (!isWanted(from, to)) continue;
    if (merge && from === last) wanted[wanted.length - 1] = to;
    else wanted.push(from, to);
    last = to;
  }
  return wanted;
}

/** Whether records of a block may lie outside the times, so that each must be looked at. */
function isTimeOpen({ since, until }: Filter, block: Block, records: RecordsOf): boolean {
  if (since === null && until === null) return false;
  const { context } = records();
  const bytes = block.bytes.subarray(block.start, block.end);
  const first = firstTime(bytes, true, context)?.timeMs;
  const last = lastTime(bytes, context)?.timeMs;
  if (first === undefined || last === undefined) return true;
  return (
    (since !== null && Math.min(first, last) < since.getTime() + disorderMs) ||
    (until !== null && Math.max(first, last) > until.getTime() - disorderMs)
  );
}
