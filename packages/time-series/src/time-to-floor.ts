import { pointsOf, type Column, type Point } from './points.ts';

/** Fewer values say nothing of a trend. */
const fewestPoints = 20;
/** More values than these are thinned out: their pairs grow by the square. */
const mostPoints = 60;
/** The share of all pairs of values that must fall for a trend to be clear. */
const clearShare = 0.9;
/** A trend is continued for so many times the span that it was seen in. */
const furthest = 10;
/** The share of that span for which the newest value may be old. */
const staleShare = 0.1;

/**
 * When a falling figure reaches a floor, in milliseconds after the last time of the window; 0 when it is there. The line has the
 * median of the slopes of all pairs of at most 60 values (Theil and Sen): a few wild ones do not move it.
 *
 * Null where no clear trend leads there: with fewer than 20 known values, or less than `minimumSpanMs` from the first to the
 * last; when the last is older than a tenth of that span; when fewer than nine of ten pairs of values fall; and for a time beyond
 * ten times the span.
 *
 * @example
 * const times = Array.from({ length: 60 }, (_, minute) => minute * 60_000);
 * const free = times.map((at) => 1e9 - at * 100);
 * timeToFloor({ times, values: free }, { floor: 0 }); // 6_460_000: the rest of 10_000_000 ms
 */
export function timeToFloor(
  column: Column,
  {
    floor,
    minimumSpanMs = 600_000,
  }: {
    readonly floor: number;
    /** @default 600_000, ten minutes */
    readonly minimumSpanMs?: number;
  },
): number | null {
  const points = pointsOf(column);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < fewestPoints) return null;
  const span = last.at - first.at;
  const end = column.times.at(-1) ?? last.at;
  if (span < minimumSpanMs || end - last.at > staleShare * span) return null;
  const every = Math.ceil(points.length / mostPoints);
  const thinned = points.filter((_, index) => (points.length - 1 - index) % every === 0);
  const slopes = slopesOf(thinned);
  const isClear = (slopes[Math.ceil(clearShare * slopes.length) - 1] ?? 0) < 0;
  const slope = median(slopes);
  if (!isClear || slope >= 0) return null;
  const level = median(Float64Array.from(thinned, ({ at, value }) => value + slope * (end - at)));
  const left = Math.max(0, (level - floor) / -slope);
  return left > furthest * span ? null : left;
}

/** The slopes of all pairs, in ascending order. */
function slopesOf(points: readonly Point[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let count = 0;
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      slopes[count] = (to.value - from.value) / (to.at - from.at);
      count += 1;
    }
  }
  return slopes.sort();
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
