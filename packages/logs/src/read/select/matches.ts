import type { OpenLog } from '../open/open-log.ts';
import type { Block } from './blocks.ts';
import type { TimeLookup } from './time-lookup.ts';

/** Where the wanted spans of one block begin and end in its bytes, alternately, in order. */
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

/** Whether each span is one record, or may hold several consecutive ones, which is faster. */
export type Granularity = 'records' | 'ranges';
