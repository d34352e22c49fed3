/** A block as its header says: its height, and its time in epoch seconds. */
export interface BlockTime {
  readonly number: number;
  readonly timestamp: number;
}

/** When a height will be reached, in epoch seconds. */
export interface Expected {
  readonly at: number;
  /** It comes not before and not after, as the interval varied where it was measured. */
  readonly earliest: number;
  readonly latest: number;
}

/** Seconds between blocks, and by how much that varied between the halves of what was measured. */
export interface BlockPace {
  readonly head: BlockTime;
  readonly seconds: number;
  readonly deviation: number;
}

/** An interval is never known better than by this share of it. */
const leastDeviation = 0.01;

/** Measures the interval on headers, the newest first; null where they do not tell. Block 0 has no time that anybody made it at. */
export function measurePace(blocks: readonly BlockTime[]): BlockPace | null {
  const made = blocks.filter(({ number }) => number > 0).toSorted((a, b) => b.number - a.number);
  const [head] = made;
  const first = made.at(-1);
  const seconds = head && first ? interval(first, head) : null;
  if (head === undefined || seconds === null) return null;
  const parts = made.slice(1).map((block, at) => interval(block, made[at] ?? head) ?? seconds);
  const spread = Math.max(...parts.map((part) => Math.abs(part - seconds)));
  return { head, seconds, deviation: Math.max(spread, seconds * leastDeviation) };
}

function interval(from: BlockTime, to: BlockTime): number | null {
  const blocks = to.number - from.number;
  const seconds = (to.timestamp - from.timestamp) / blocks;
  return blocks > 0 && seconds > 0 && Number.isFinite(seconds) ? seconds : null;
}

/** When a height will be reached. */
export function expectHeight(height: number, { head, seconds, deviation }: BlockPace): Expected {
  const blocks = height - head.number;
  const at = (pace: number) => Math.round(head.timestamp + blocks * pace);
  return {
    at: at(seconds),
    earliest: at(Math.max(0, seconds - deviation)),
    latest: at(seconds + deviation),
  };
}
