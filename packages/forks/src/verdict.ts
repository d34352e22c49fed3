import type { ForkSource } from './fork-source.ts';

/** A hard fork, by whom it is told, and whether the node has it. It is plain JSON. */
export interface WeighedFork {
  /** Null where only its moment is known: peers and `eth_config` tell no names. */
  readonly name: string | null;
  /** The block from which on the rules change; null where a time tells. */
  readonly height: number | null;
  /** When, ISO 8601; of a height when it is expected, by the measured interval between blocks. Null where that is not known. */
  readonly at: string | null;
  /** A height comes not before and not after, as the interval varied where it was measured; else null. */
  readonly earliest: string | null;
  readonly latest: string | null;
  /** `unknown`: a height, and where the chain is nobody knows. */
  readonly state: 'passed' | 'coming' | 'unknown';
  /** The node's program has it. */
  readonly known: boolean;
  /** Who tells of it. */
  readonly sources: readonly ForkSource[];
  /** How sure it is; `low` is worth no alarm. */
  readonly confidence: 'high' | 'medium' | 'low';
  /** Why, in words; empty for a fork that the node has. */
  readonly reasons: readonly string[];
}

/** What follows from all that was said of the forks of a chain. It is plain JSON. */
export interface ForkVerdict {
  /** In the order in which they happen. */
  readonly forks: readonly WeighedFork[];
  /** The next fork that the node has; null where it knows none. */
  readonly next: WeighedFork | null;
  /** The first fork that the network has or will have and the node does not, told with confidence; null where there is none. */
  readonly missing: WeighedFork | null;
  /** The first fork that the program which is to take the node's place lacks, as far as is known; left out where none is named. */
  readonly lackedBySuccessor?: WeighedFork | null;
  /** What each source said, or why it said nothing. */
  readonly sources: readonly {
    readonly source: ForkSource;
    readonly heard: boolean;
    readonly says: string;
  }[];
  /** Handshakes in the lines of the log that ended as the peer was on a fork that the node does not have. */
  readonly refused: number;
}
