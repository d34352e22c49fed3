/** Names and values of labels. */
export type Labels = Readonly<Record<string, string>>;

/** One value of a metric. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** A counter for each set of labels. */
export interface LabelledCount {
  add(labels: Labels, by?: number): void;
  samples(): readonly Sample[];
}

/** Sets of labels of one counter: more would be a burden for who stores them. */
const mostSets = 200;

/**
 * Makes counters that begin at 0 for the sets of labels that are known before: `increase()` sees the first of these. A set beyond
 * {@link mostSets} is counted as `overflow`.
 */
export function createLabelledCount(
  known: readonly Labels[] = [],
  overflow: Labels = {},
): LabelledCount {
  const counts = new Map<string, { readonly labels: Labels; value: number }>();
  const at = (labels: Labels) => {
    const key = JSON.stringify(labels);
    const found = counts.get(key);
    if (found !== undefined) return found;
    const made = { labels, value: 0 };
    counts.set(key, made);
    return made;
  };
  for (const labels of known) at(labels);
  return {
    add(labels, by = 1) {
      const isFull = counts.size >= mostSets && !counts.has(JSON.stringify(labels));
      at(isFull ? overflow : labels).value += by;
    },
    samples: () => [...counts.values()].map(({ labels, value }) => ({ labels, value })),
  };
}

/** How often values were within bounds. */
export interface Distribution {
  /** Upper bounds, ascending. */
  readonly bounds: readonly number[];
  /** For each bound, the values up to it that are above the bound before; the last is for those above all bounds. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Makes an empty distribution and what adds a value to it. */
export function createDistribution(bounds: readonly number[]): {
  add(value: number): void;
  get(): Distribution;
} {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  let sum = 0;
  return {
    add(value) {
      const place = bounds.findIndex((bound) => value <= bound);
      const at = place === -1 ? bounds.length : place;
      counts[at] = (counts[at] ?? 0) + 1;
      sum += value;
    },
    get: () => ({ bounds, counts: [...counts], sum }),
  };
}
