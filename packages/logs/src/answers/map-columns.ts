import { levels } from '../format/level.ts';
import type { TimeGrid } from './time-grid.ts';

/** A time in which nothing was written. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Levels over time, and what was noticed on the way. */
export interface LogMap {
  readonly grid: TimeGrid;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** The longest ones, in the order of time. */
  readonly gaps: readonly Gap[];
  /** When the node was started, within the times of the records. */
  readonly startsMs: readonly number[];
}

/** Rows of the grid: one for each level, the mildest first, then lines without one. */
export const rowNames: readonly string[] = [...levels, 'none'];
/** The picture's columns: how many lines of each level, from when on and for how long. */
export interface MapColumns {
  readonly startMs: number;
  readonly widthMs: number;
  readonly counts: readonly (readonly number[])[];
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Lengths that are easily told. */
const roundWidths = [
  ...[1, 2, 5, 10, 15, 20, 30].map((count) => count * second),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((count) => count * minute),
  ...[1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168, 336, 672].map((count) => count * hour),
];

/** Joins the buckets of a map into at most so many columns of a round length. */
export function columnsOf({ grid }: LogMap, most: number): MapColumns {
  const { startMs, widthMs, length } = grid;
  const endMs = startMs + length * widthMs;
  const fits = (width: number) =>
    width % widthMs === 0 &&
    Math.ceil((endMs - Math.floor(startMs / width) * width) / width) <= most;
  const width = roundWidths.find(fits) ?? widthMs * Math.ceil((length + 1) / most);
  const from = Math.floor(startMs / width) * width;
  const counts = Array.from({ length: Math.ceil((endMs - from) / width) }, () =>
    rowNames.map(() => 0),
  );
  for (let bucket = 0; bucket < length; bucket += 1) {
    const column = counts[Math.floor((startMs + bucket * widthMs - from) / width)];
    for (const row of rowNames.keys()) {
      if (column !== undefined) column[row] = (column[row] ?? 0) + grid.count(bucket, row);
    }
  }
  return { startMs: from, widthMs: width, counts };
}
