import type { OpenLog } from '../open/open-log.ts';
import type { Block } from './blocks.ts';
import type { TimeLookup } from './time-lookup.ts';

/** Where the wanted spans of one block begin and end in its bytes, alternately, in order. */
export interface Matches {
  /** Valid until the next matches are asked for. */
  readonly block: Block;
  readonly spans: ArrayLike<number>;
  /** For each span what it is, of {@link marks}. @default all are matches */
  readonly marks?: readonly number[];
}

/** What a span is besides a match: wanted for a match near it, or the first after records that were left out. */
export const marks = { context: 1, apart: 2 } as const;

/** Matches, and what their records need to know. */
export interface ReadMatches extends Matches {
  readonly log: OpenLog;
  readonly timeLookup: TimeLookup;
}

/** Whether each span is one record, or may hold several consecutive ones, which is faster. */
export type Granularity = 'records' | 'ranges';
