import type { OpenLog } from '../open/open-log.ts';
import { recordsIn } from '../record/record-boundaries.ts';
import { backwardBlocks, blockMemory, readBlock, type Block } from './blocks.ts';
import { marks, type Matches } from './matches.ts';

/** How many records around each match are wanted too, and how far that has come: one for a reading, also while it follows the log. */
export interface Context {
  readonly before: number;
  readonly after: number;
  /** Records that the last match still wants after it. */
  owed: number;
  /** Records since the last one that was given, as far as they matter. */
  hidden: number;
  hasGiven: boolean;
}

/** The context of a new reading; null where none is wanted. */
export function contextOf({ before, after }: Pick<Context, 'before' | 'after'>): Context | null {
  if (before === 0 && after === 0) return null;
  return { before, after, owed: 0, hidden: Infinity, hasGiven: false };
}

/** The log that matches are in, and where looking back ends. */
export interface Surroundings {
  readonly log: OpenLog;
  readonly floor: number;
  /** Whether a record that is no match may be shown. */
  readonly mayShow: (block: Block, from: number, to: number) => boolean;
}

/** Adds to the matches the records around them, each once. */
export function* withContext(
  matches: Iterable<Matches>,
  context: Context,
  around: Surroundings,
): Generator<Matches, void> {
  for (const { block, spans } of matches) {
    if (spans.length === 0 && context.owed === 0 && context.hidden > context.before) continue;
    const { bytes, start, end, more } = block;
    const edges = more > 0 ? [start, end] : recordsIn(bytes, start, end);
    const isMatch = matchesAmong(edges, spans);
    const first = isMatch.indexOf(true);
    const missing = first < 0 ? 0 : Math.min(context.before - first, context.hidden);
    if (missing > 0) yield* lookBack(block, missing, context, around);
    const found = chosen(block, edges, isMatch, context, around);
    if (found.spans.length > 0) yield found;
  }
}

/** For each record whether one of the spans begins in it. */
function matchesAmong(edges: readonly number[], spans: ArrayLike<number>): readonly boolean[] {
  const found: boolean[] = [];
  let next = 0;
  for (let at = 0; at < edges.length; at += 2) {
    const end = edges[at + 1] ?? 0;
    const isMatch = next < spans.length && (spans[next] ?? 0) < end;
    found.push(isMatch);
    while (next < spans.length && (spans[next] ?? 0) < end) next += 2;
  }
  return found;
}

/** The records of a block that are given: matches, and those near them. */
function chosen(
  block: Block,
  edges: readonly number[],
  isMatch: readonly boolean[],
  context: Context,
  { mayShow }: Surroundings,
): Matches {
  const spans: number[] = [];
  const given: number[] = [];
  for (const [at, matches] of isMatch.entries()) {
    const [from = 0, to = 0] = [edges[at * 2], edges[at * 2 + 1]];
    const isBefore = isMatch.slice(at + 1, at + 1 + context.before).includes(true);
    const isNear = context.owed > 0 || isBefore;
    if (matches || (isNear && mayShow(block, from, to))) {
      spans.push(from, to);
      given.push(markOf(context, matches));
    } else context.hidden += 1;
    context.owed = matches ? context.after : Math.max(0, context.owed - 1);
  }
  return { block, spans, marks: given };
}

/** How a record is marked, which is given now. */
function markOf(context: Context, isMatch: boolean): number {
  const isApart = context.hasGiven && context.hidden > 0;
  context.hidden = 0;
  context.hasGiven = true;
  return (isMatch ? 0 : marks.context) | (isApart ? marks.apart : 0);
}

/** The last records before a block, oldest first. */
function* lookBack(
  block: Block,
  count: number,
  context: Context,
  { log, floor, mayShow }: Surroundings,
): Generator<Matches, void> {
  const place = block.position + block.start;
  const memory = blockMemory(place - floor);
  const kept: (Omit<Block, 'bytes'> & { readonly spans: readonly number[] })[] = [];
  let left = count;
  for (const { bytes, ...found } of place > floor
    ? backwardBlocks(log, floor, place, memory)
    : []) {
    const { start, end, more } = found;
    const edges = more > 0 ? [start, end] : recordsIn(bytes, start, end);
    const spans = edges.slice(-2 * left);
    kept.push({ ...found, spans });
    left -= spans.length / 2;
    if (left === 0) break;
  }
  context.hidden -= count - left;
  for (const { spans, ...found } of kept.toReversed()) {
    const again = readBlock(log, found, memory);
    const shown: number[] = [];
    const given: number[] = [];
    for (let at = 0; at < spans.length; at += 2) {
      const [from = 0, to = 0] = [spans[at], spans[at + 1]];
      if (to > again.end || !mayShow(again, from, to)) continue;
      shown.push(from, to);
      given.push(markOf(context, false));
    }
    if (shown.length > 0) yield { block: again, spans: shown, marks: given };
  }
}
