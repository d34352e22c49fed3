/** A moment at which rules change: a time in epoch seconds, or the height of a block. */
export interface ForkPoint {
  readonly unit: 'time' | 'height';
  readonly value: number;
}

/** A hard fork: its name is null where only its moment is known. */
export interface Fork extends ForkPoint {
  readonly name: string | null;
}

/** The birth of Ethereum mainnet; geth reads a greater number as a time (core/forkid/forkid.go, timestampThreshold). */
const timestampThreshold = 1_438_269_973;

/** Reads the number of a fork id: heights and times share one field (EIP-2124, EIP-6122). */
export function pointOf(value: number): ForkPoint {
  return { unit: value > timestampThreshold ? 'time' : 'height', value };
}

/** True where two forks happen at the same moment, whatever their names. */
export function isSamePoint(one: ForkPoint, other: ForkPoint): boolean {
  return one.unit === other.unit && one.value === other.value;
}

/**
 * Sorts forks as a fork id counts them: heights before times, each moment once, without those that are in force from the first block
 * on. Names of one moment are joined: `Constantinople/Petersburg`.
 */
export function inOrder(forks: readonly Fork[], genesisTime: number = 0): readonly Fork[] {
  const sorted = forks
    .filter(({ unit, value }) => value > (unit === 'time' ? genesisTime : 0))
    .toSorted((a, b) => compare(a, b));
  const joined: Fork[] = [];
  for (const fork of sorted) {
    const last = joined.at(-1);
    if (last === undefined || !isSamePoint(last, fork)) joined.push(fork);
    else joined[joined.length - 1] = { ...last, name: joinNames(last.name, fork.name) };
  }
  return joined;
}

/** The order in which forks happen on one chain: negative where the first is earlier. */
export function compare(a: ForkPoint, b: ForkPoint): number {
  if (a.unit !== b.unit) return a.unit === 'height' ? -1 : 1;
  return a.value - b.value;
}

function joinNames(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  const names = [...one.split('/'), ...other.split('/')];
  return [...new Set(names)].join('/');
}
