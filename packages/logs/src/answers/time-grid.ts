const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** Widths of a bucket; each is a multiple of the one before, so that buckets can be joined. */
const widths = [
  ...[1, 5, 10, 30].map((count) => count * seconds),
  ...[1, 5, 10, 30].map((count) => count * minutes),
  ...[1, 2, 6, 12].map((count) => count * hours),
  ...[1, 7, 28, 364, 3640, 36400].map((count) => count * days),
];
const buckets = 4096;

/** Counts by time and row in constant memory: the buckets become wider as the times spread. */
export interface TimeGrid {
  add(timeMs: number, row: number): void;
  /** When the first bucket begins, in milliseconds since 1970; `NaN` as long as nothing was added. */
  readonly startMs: number;
  readonly widthMs: number;
  /** Buckets from the first to the last one used. */
  readonly length: number;
  count(bucket: number, row: number): number;
}

/** An empty grid. */
export function createTimeGrid(rows: number): TimeGrid {
  let counts = new Uint32Array(rows * buckets);
  let width = widths[0] ?? seconds;
  let base = NaN;
  let [first, last] = [Infinity, -Infinity];
  const widen = (fromMs: number, toMs: number): void => {
    const wider =
      widths.find(
        (each) => each >= width && toMs - Math.floor(fromMs / each) * each < each * buckets,
      ) ??
      widths.at(-1) ??
      width;
    const start = Math.floor(fromMs / wider) * wider;
    const joined = new Uint32Array(rows * buckets);
    for (let bucket = 0; bucket < buckets && !Number.isNaN(base); bucket += 1) {
      const to = Math.floor((base + bucket * width - start) / wider);
      for (let row = 0; row < rows; row += 1) {
        const count = counts[bucket * rows + row] ?? 0;
        if (count > 0) joined[to * rows + row] = (joined[to * rows + row] ?? 0) + count;
      }
    }
    counts = joined;
    width = wider;
    base = start;
  };
  return {
    add(timeMs, row) {
      if (timeMs < first) first = timeMs;
      if (timeMs > last) last = timeMs;
      if (!(timeMs >= base && timeMs < base + width * buckets)) widen(first, last);
      const at = Math.floor((timeMs - base) / width) * rows + row;
      counts[at] = (counts[at] ?? 0) + 1;
    },
    get startMs() {
      return base;
    },
    get widthMs() {
      return width;
    },
    get length() {
      return Number.isNaN(base) ? 0 : Math.floor((last - base) / width) + 1;
    },
    count: (bucket, row) => counts[bucket * rows + row] ?? 0,
  };
}
