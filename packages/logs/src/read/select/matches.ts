import type { OpenLog } from '../open/open-log.ts';
import type { Block } from './blocks.ts';
import type { TimeLookup } from './time-lookup.ts';

/** Wanted places of one block: where each begins and ends in its bytes, one after another in one list, in order. */
export interface Matches {
  /** Valid until the next matches are asked for. */
  readonly block: Block;
  readonly spans: ArrayLike<number>;
}

/** Matches, and what their records need to know. */
export interface ReadMatches extends Matches {
  readonly log: OpenLog;
  readonly timeLookup: TimeLookup;
}

/** Whether each span is one record, or may hold several that follow each other, which is found faster. */
export type Granularity = 'records' | 'ranges';
