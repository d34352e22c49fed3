/** Buckets of a digest; beyond that the smallest values are counted as one, which a spread of more than 10^17 takes. */
const mostBuckets = 2048;
/** Each bucket reaches 2 % further than the one before, so that its middle is within 1 % of every value in it. */
const growth = 1.02;
const step = Math.log(growth);

/** Percentiles of any number of values in constant memory, each within 1 %; the smallest and the largest value are exact. */
export interface Digest {
  add(value: number): void;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** The value that a part of all values, from 0 to 1, do not exceed; `NaN` without values. */
  at(part: number): number;
}

/** An empty digest. */
export function createDigest(): Digest {
  const positive = new Map<number, number>();
  const negative = new Map<number, number>();
  let zeros = 0;
  let count = 0;
  let [min, max] = [Infinity, -Infinity];
  return {
    add(given) {
      // Of -0 there is no percentile that is written so.
      const value = given + 0;
      count += 1;
      if (value < min) min = value;
      if (value > max) max = value;
      if (value === 0) zeros += 1;
      else addTo(value > 0 ? positive : negative, Math.abs(value));
    },
    get count() {
      return count;
    },
    get min() {
      return min;
    },
    get max() {
      return max;
    },
    at(part) {
      if (count === 0) return NaN;
      let left = Math.max(1, Math.ceil(part * count));
      for (const [bucket, inBucket] of [...negative].toSorted(([a], [b]) => b - a)) {
        left -= inBucket;
        if (left <= 0) return within(-middle(bucket));
      }
      left -= zeros;
      if (left <= 0) return 0;
      for (const [bucket, inBucket] of [...positive].toSorted(([a], [b]) => a - b)) {
        left -= inBucket;
        if (left <= 0) return within(middle(bucket));
      }
      return max;
    },
  };
  function within(value: number): number {
    return Math.min(max, Math.max(min, value));
  }
}

function addTo(buckets: Map<number, number>, value: number): void {
  const bucket = Math.ceil(Math.log(value) / step);
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  if (buckets.size <= mostBuckets) return;
  const [smallest = 0, next = 0] = [...buckets.keys()].toSorted((a, b) => a - b);
  buckets.set(next, (buckets.get(next) ?? 0) + (buckets.get(smallest) ?? 0));
  buckets.delete(smallest);
}

/** The value that is off by the same share from both ends of a bucket. */
function middle(bucket: number): number {
  return (2 * growth ** bucket) / (growth + 1);
}
