import type { ForkSource } from './evidence.ts';
import type { Fork } from './fork.ts';

/** When a height will be reached, in epoch seconds, by the measured interval between blocks. */
export interface Expected {
  readonly at: number;
  /** It comes not before and not after, as the interval varied where it was measured. */
  readonly earliest: number;
  readonly latest: number;
}

/** A hard fork, by whom it is told, and whether the node knows it. */
export interface WeighedFork extends Fork {
  /** `unknown`: a height, and where the chain is nobody knows. */
  readonly state: 'passed' | 'coming' | 'unknown';
  /** Null for a time, and where no interval could be measured. */
  readonly expected: Expected | null;
  /** The node's program has this fork. */
  readonly isKnown: boolean;
  /** Who tells of it. */
  readonly sources: readonly ForkSource[];
  /** How sure it is; `low` is worth no alarm. */
  readonly confidence: 'high' | 'medium' | 'low';
  /** Why, in words; empty for a fork that the node knows. */
  readonly reasons: readonly string[];
}

/** What follows from all that was said of the forks of a chain. */
export interface ForkVerdict {
  /** In the order in which they happen. */
  readonly forks: readonly WeighedFork[];
  /** The next fork that the node knows; null where it knows none. */
  readonly next: WeighedFork | null;
  /** The first fork that the network has or will have and the node does not, told with confidence; null where there is none. */
  readonly missing: WeighedFork | null;
  /** What each source said, or why it said nothing. */
  readonly sources: readonly {
    readonly source: ForkSource;
    readonly heard: boolean;
    readonly says: string;
  }[];
}
