import {
  backwardBlocks,
  blockMemory,
  forwardBlocks,
  readBlock,
  sameMemory,
  wideBlockBytes,
  type Block,
} from './blocks.ts';
import { withContext, type Surroundings } from './context.ts';
import { passesTime, type Filter } from './filter.ts';
import { createRecords } from '../record/log-record.ts';
import type { Granularity, Matches } from './matches.ts';
import { createTimeLookup, type TimeLookup } from './time-lookup.ts';
import type { ReadProgress } from '../read-progress.ts';
import type { OpenLog } from '../open/open-log.ts';
import { createScanner, type Scanner } from './scan.ts';

/** Spans remembered while searching backwards; beyond that only the first is, and the search is repeated forwards. */
const keptSpans = 200_000;

/** What is read of an open log. */
export interface Selection {
  readonly log: OpenLog;
  readonly filter: Filter;
  /** Where to begin and end: record boundaries. */
  readonly from: number;
  readonly to: number;
  /** How far back the records before a match may be looked for. @default `from` */
  readonly floor?: number;
  readonly lines: number | 'all';
  readonly granularity: Granularity;
  readonly progress?: ReadProgress | undefined;
}

/** What was found of a selection. */
export interface Selected {
  readonly timeLookup: TimeLookup;
  /** How many records there are; null when all are wanted, as they are not counted then. */
  readonly count: number | null;
  /** The wanted records, oldest first, a block's worth at a time. */
  readonly matches: Iterable<Matches>;
  /** What `matches` has not come to yet, where another may go on with it. */
  readonly unread: Unread | null;
}

/** The part of a selection behind the block whose matches were given last. */
export interface Unread {
  /** Where it begins: a record boundary. */
  at: number;
  readonly to: number;
  readonly scan: Scanner;
}

/** Finds the wanted records; each step is the work of one block. */
export function* select(selection: Selection): Generator<void, Selected> {
  const { log, filter, lines } = selection;
  const timeLookup = createTimeLookup(log);
  const scan = createScanner(log, timeLookup, filter);
  const { since, until, context } = filter;
  const from = since === null ? selection.from : Math.max(selection.from, timeLookup.since(since));
  const to = until === null ? selection.to : Math.min(selection.to, timeLookup.until(until));
  const { granularity } = selection;
  // Whether a block is looked into for times depends on those at its edges: there all blocks are alike, whoever reads them.
  const isTimed = since !== null || until !== null;
  const isWide = lines === 'all' && granularity === 'ranges' && context === null && !isTimed;
  const memory = blockMemory(Math.max(0, to - from), isWide ? wideBlockBytes : undefined);
  const range: Range = { log, filter, scan, memory, granularity, from, to };
  const { progress } = selection;
  if (progress !== undefined && lines === 'all') progress.of += Math.max(0, to - from);
  if (context === null) {
    if (lines === 'all') {
      const unread = { at: from, to, scan };
      return { timeLookup, count: null, matches: forward(range, progress, unread), unread };
    }
    return { timeLookup, ...(yield* last(range, lines)) };
  }
  const begin = lines === 'all' ? { first: from, count: null } : yield* lastFirst(range, lines);
  if (lines !== 'all') filter.tests.forEach((test) => test.again?.());
  const found = forward({ ...range, granularity: 'records', from: begin.first }, progress);
  const matches = withContext(found, context, {
    log,
    floor: selection.floor ?? from,
    mayShow: mayShowIn(timeLookup, selection),
  });
  return { timeLookup, count: begin.count, matches, unread: null };
}

/** Whether a record that is no match may be shown: within the times, as a match has to be. */
function mayShowIn(timeLookup: TimeLookup, { log, filter }: Selection): Surroundings['mayShow'] {
  if (filter.since === null && filter.until === null) return () => true;
  return (block, from, to) =>
    passesTime(filter, createRecords(log, timeLookup, block).view(from, to));
}

/** Where the last so many matches begin. */
function* lastFirst(
  range: Range,
  lines: number,
): Generator<void, { first: number; count: number }> {
  const { matches, count } = yield* last(range, lines);
  for (const { block, spans } of matches) {
    if (spans.length > 0) return { first: block.position + (spans[0] ?? 0), count: count ?? 0 };
  }
  return { first: range.to, count: 0 };
}

interface Range {
  readonly log: OpenLog;
  readonly filter: Filter;
  readonly scan: Scanner;
  readonly memory: Buffer;
  readonly granularity: Granularity;
  readonly from: number;
  readonly to: number;
}

function* forward(
  { log, scan, memory, granularity, from, to }: Range,
  progress?: ReadProgress,
  unread?: Unread,
): Generator<Matches, void> {
  for (const block of forwardBlocks(log, from, to, sameMemory(memory))) {
    if (unread !== undefined) unread.at = block.position + block.end + block.more;
    const spans = scan(block, granularity);
    if (progress !== undefined) progress.bytes += block.end - block.start + block.more;
    yield { block, spans };
  }
}

/** A block whose memory was reused, and the spans found in it. */
interface Kept extends Omit<Block, 'bytes'> {
  readonly spans: Uint32Array;
}

function* last(range: Range, count: number): Generator<void, Omit<Selected, 'timeLookup'>> {
  const { log, scan, memory, from, to } = range;
  let kept: Kept[] = [];
  let found = 0;
  let first = to;
  for (const block of count > 0 ? backwardBlocks(log, from, to, memory) : []) {
    const spans = scan(block, 'records').slice(-2 * (count - found));
    if (spans.length > 0) {
      found += spans.length / 2;
      first = block.position + (spans[0] ?? 0);
      if (found <= keptSpans)
        kept.push({
          position: block.position,
          start: block.start,
          end: block.end,
          more: block.more,
          spans: Uint32Array.from(spans),
        });
      else kept = [];
    }
    if (found === count) break;
    yield;
  }
  const { tests } = range.filter;
  // A test that counts has by now counted what stands before the first one too.
  const isRepeated = found > keptSpans || tests.some((test) => test.again !== undefined);
  if (isRepeated) tests.forEach((test) => test.again?.());
  const matches = isRepeated ? forward({ ...range, from: first }) : again(log, kept, memory);
  return { count: found, matches, unread: null };
}

function* again(log: OpenLog, kept: readonly Kept[], memory: Buffer): Generator<Matches, void> {
  for (const place of kept.toReversed()) {
    const block = readBlock(log, place, memory);
    // Another program may have truncated the file meanwhile.
    yield { block, spans: block.end === place.end ? place.spans : [] };
  }
}
