import { backwardBlocks, forwardBlocks } from './blocks.ts';
import type { Filter } from './filter.ts';
import { momentsOf } from './moment.ts';
import type { OpenLog } from './open-log.ts';
import { createScanner, type Found, type Scanner } from './scan.ts';

/** Bytes of found records kept while searching backwards; beyond it only their place is, and they are read again. */
const keptBytes = 2 * 1024 * 1024;
/** What a record costs besides its bytes. */
const overheadBytes = 512;

/** What is read of an open log. */
export interface Selection {
  readonly log: OpenLog;
  readonly filter: Filter;
  /** Where to begin and end: record boundaries. */
  readonly from: number;
  readonly to: number;
}

/** The wanted records, oldest first, a block's worth at a time. A block without any gives an empty batch. */
export function* select(
  selection: Selection,
  lines: number | 'all',
): Generator<readonly Found[], void> {
  const { log, filter } = selection;
  const moments = momentsOf(log);
  const scan = createScanner(log, moments, filter);
  const from =
    filter.since === null ? selection.from : Math.max(selection.from, moments.since(filter.since));
  const to =
    filter.until === null ? selection.to : Math.min(selection.to, moments.until(filter.until));
  if (lines === 'all') yield* forward(log, scan, from, to);
  else if (lines > 0) yield* last(log, scan, { from, to }, lines);
}

function* forward(
  log: OpenLog,
  scan: Scanner,
  from: number,
  to: number,
): Generator<readonly Found[], void> {
  for (const block of forwardBlocks(log, from, to)) yield scan(block);
}

function* last(
  log: OpenLog,
  scan: Scanner,
  { from, to }: { readonly from: number; readonly to: number },
  count: number,
): Generator<readonly Found[], void> {
  let kept: (readonly Found[])[] = [];
  let bytes = 0;
  let missing = count;
  let first = to;
  for (const block of backwardBlocks(log, from, to)) {
    const batch = scan(block).slice(-missing);
    missing -= batch.length;
    first = batch[0]?.position ?? first;
    bytes += batch.reduce((sum, { record }) => sum + record.bytes.length + overheadBytes, 0);
    if (bytes <= keptBytes) kept.push(batch);
    else kept = [];
    if (missing === 0) break;
    yield [];
  }
  if (bytes > keptBytes) yield* forward(log, scan, first, to);
  else yield* kept.reverse();
}
