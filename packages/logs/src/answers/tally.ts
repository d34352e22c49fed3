/** How often something was seen, and when. */
export interface Seen {
  count: number;
  /** Milliseconds since 1970; `NaN` where no time is known. */
  firstMs: number;
  lastMs: number;
}

/** Counts by name in constant memory. */
export interface Tally<T extends Seen> {
  readonly groups: ReadonlyMap<string, T>;
  /** Those of names for which there was no room. */
  readonly others: Seen;
  /** Counts one more, and gives its group; null where there is no room for one. */
  add(name: string, timeMs: number, create: () => Omit<T, keyof Seen>): T | null;
}

/** An empty tally with room for so many names. */
export function createTally<T extends Seen>(mostNames: number): Tally<T> {
  const groups = new Map<string, T>();
  const others = { count: 0, firstMs: NaN, lastMs: NaN };
  return {
    groups,
    others,
    add(name, timeMs, create) {
      let group = groups.get(name);
      if (group === undefined && groups.size < mostNames) {
        group = { ...create(), count: 0, firstMs: NaN, lastMs: NaN } as T;
        groups.set(name, group);
      }
      see(group ?? others, timeMs);
      return group ?? null;
    },
  };
}

/** Counts one more. Times may run back a little where several threads write. */
export function see(seen: Seen, timeMs: number): void {
  seen.count += 1;
  if (Number.isNaN(timeMs)) return;
  if (!(seen.firstMs <= timeMs)) seen.firstMs = timeMs;
  if (!(seen.lastMs >= timeMs)) seen.lastMs = timeMs;
}
