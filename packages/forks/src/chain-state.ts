import { measurePace, type BlockPace } from './block-time.ts';
import { forkHashes } from './checksum.ts';
import type { ForkEvidence } from './evidence.ts';
import { isSamePoint, pointOf, type Fork, type ForkPoint } from './fork.ts';

/** The chain of the node: its forks in order, where it stands, and how fast it goes. */
export interface ChainState {
  readonly forks: readonly Fork[];
  /** One more than the forks; empty where the first block is not known. */
  readonly hashes: readonly string[];
  /** How many of the forks have passed. */
  readonly passed: number;
  /** Epoch seconds. */
  readonly now: number;
  readonly pace: BlockPace | null;
  readonly head: number | null;
}

/** A fork is announced weeks before: what is further away is no announcement. */
const yearSeconds = 366 * 86_400;

/** Puts together where a chain stands now. */
export function chainStateOf(
  { now, blocks = [] }: Pick<ForkEvidence, 'now' | 'blocks'>,
  forks: readonly Fork[],
  genesisHash: string | null,
): ChainState {
  const seconds = Math.floor(now / 1000);
  const head = blocks.length === 0 ? null : Math.max(...blocks.map(({ number }) => number));
  const place = { now: seconds, head, forks };
  return {
    ...place,
    hashes: genesisHash === null ? [] : forkHashes(genesisHash, forks),
    passed: forks.filter((fork) => stateOf(fork, place) === 'passed').length,
    pace: measurePace(blocks),
  };
}

/**
 * Whether a fork has passed. The clock says it of a time, whatever the node has synced to. The head says it of a height; a fork by time
 * that has passed says it too, as heights come first.
 */
export function stateOf(
  { unit, value }: ForkPoint,
  { now, head, forks }: Pick<ChainState, 'now' | 'head' | 'forks'>,
): 'passed' | 'coming' | 'unknown' {
  if (unit === 'time') return value <= now ? 'passed' : 'coming';
  if (forks.some((fork) => fork.unit === 'time' && fork.value <= now)) return 'passed';
  if (head === null) return 'unknown';
  return value <= head ? 'passed' : 'coming';
}

/**
 * Whether an unknown fork at a moment is likely: after all that have passed, within a year of now. A height is so only on a chain that
 * has no forks by time and whose pace is known.
 */
export function isPlausible(point: ForkPoint, chain: ChainState): boolean {
  const { forks, passed, now, pace } = chain;
  const before = forks.slice(0, passed).filter(({ unit }) => unit === point.unit);
  if (before.some(({ value }) => value >= point.value)) return false;
  if (point.unit === 'time') return Math.abs(point.value - now) <= yearSeconds;
  if (pace === null || forks.some(({ unit }) => unit === 'time')) return false;
  return Math.abs(point.value - pace.head.number) * pace.seconds <= yearSeconds;
}

/** The moment that a fork id announces; null for one that the node has too. */
export function announcedPoint(
  next: number,
  { forks }: Pick<ChainState, 'forks'>,
): ForkPoint | null {
  const point = pointOf(next);
  return next === 0 || forks.some((fork) => isSamePoint(fork, point)) ? null : point;
}
