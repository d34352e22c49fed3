import type { Block } from './blocks.ts';

/** Wanted places of one block: where each begins and ends in its bytes, one after another in one list, in order. */
export interface Matches {
  /** Valid until the next matches are asked for. */
  readonly block: Block;
  readonly spans: ArrayLike<number>;
}

/** Whether each span is one record, or may hold several that follow each other, which is found faster. */
export type Grain = 'records' | 'ranges';
