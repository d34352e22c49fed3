/** A column of a window: times in milliseconds, each later than the one before, and the values; null where nothing was known. */
export interface Column {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A value that was known, and when. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** The known values of a column, oldest first. */
export function pointsOf({ times, values }: Column): readonly Point[] {
  return times.flatMap((at, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ at, value }];
  });
}
