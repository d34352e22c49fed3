/** What becomes of several values in one slot: their `mean`, the `last` of them, or the largest (`max`). */
export type Consolidation = 'mean' | 'last' | 'max';

/** What a time series keeps; it never changes, and a saved one is only taken back with the same. */
export interface TimeSeriesShape<C extends string> {
  /** The columns and how their values are consolidated. */
  readonly columns: Readonly<Record<C, Consolidation>>;
  /** The archives: each keeps `slots` values of `stepMs` milliseconds for every column. */
  readonly archives: readonly { readonly stepMs: number; readonly slots: number }[];
}

/** What one archive holds, oldest first; all lists have one length, at most the slots of the archive. */
export interface TimeWindow<C extends string> {
  readonly stepMs: number;
  /** Of each step the time of its last sample, or its beginning where it has none: epoch milliseconds, each later than the one before. */
  readonly times: readonly number[];
  /** Null where nothing was known. */
  readonly values: Readonly<Record<C, readonly (number | null)[]>>;
}

/** A history of samples in constant memory. Times are epoch milliseconds, of a clock that may jump. */
export interface TimeSeries<C extends string> {
  /**
   * Takes a sample. What is missing, null or not finite is unknown. A time that is no date is ignored. Where the clock was put
   * forward there is a gap; where it was put back by a step or more, what is older keeps its order and follows the clock, with a
   * gap of one step.
   */
  record(at: number, sample: Readonly<Partial<Record<C, number | null>>>): void;
  /**
   * What the archive of a step holds up to now. Steps without a sample are null; those before the first sample are left out.
   *
   * @throws RangeError for a step that no archive has.
   */
  window(stepMs: number, now: number): TimeWindow<C>;
  /** The whole history as bytes: 8 for each value and each step, and less than 1 KiB more. */
  toBytes(): Uint8Array;
  /** Replaces the history by a saved one. Where that cannot be taken, says why and leaves everything as it is. */
  restore(bytes: Uint8Array): string | null;
}
