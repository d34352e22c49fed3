import { pointsOf, type Column, type Point } from './points.ts';

/**
 * How much a counter changes in a second, over the known values of a window. Null where that cannot be told yet.
 *
 * `heldMs` is the longest time for which a value is repeated until it is read anew. A counter is then known exactly only where
 * it changes: a change within two such times of an end of the window counts as that end. A counter that stood still for no
 * longer than that may be one that was not read: null.
 *
 * @example
 * changeRate({ times: [0, 5_000, 10_000], values: [100, 101, 102] }, 0); // 0.2
 */
export function changeRate(column: Column, heldMs: number): number | null {
  const points = pointsOf(column);
  const changes = points.filter(({ value }, at) => at > 0 && value !== points[at - 1]?.value);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const isHeld = (one: Point, other: Point) => Math.abs(one.at - other.at) <= 2 * heldMs;
  const [firstChange, lastChange] = [changes[0], changes.at(-1)];
  if (firstChange === undefined || lastChange === undefined) {
    return heldMs > 0 && isHeld(first, last) ? null : rate(first, last);
  }
  return rate(
    isHeld(first, firstChange) ? firstChange : first,
    isHeld(last, lastChange) ? lastChange : last,
  );
}

function rate(from: Point, to: Point): number | null {
  return to.at <= from.at ? null : ((to.value - from.value) / (to.at - from.at)) * 1_000;
}
