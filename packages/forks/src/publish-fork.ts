import { expectHeight } from './block-time.ts';
import type { ChainState } from './chain-state.ts';
import type { Fork, ForkPoint } from './fork.ts';
import type { WeighedFork } from './verdict.ts';

/** A fork that is judged, at its moment. */
export type JudgedFork = Fork & Omit<WeighedFork, 'name' | 'height' | 'at' | 'earliest' | 'latest'>;

const iso = (seconds: number) => new Date(Math.min(seconds * 1000, 8.64e15)).toISOString();

/** The published form of a fork: its moment as a height or a date. */
export function publishFork(fork: JudgedFork, { pace }: ChainState): WeighedFork {
  const { name, unit, value, state, known, sources, confidence, reasons } = fork;
  const expected =
    unit === 'height' && state === 'coming' && pace !== null ? expectHeight(value, pace) : null;
  return {
    name,
    height: unit === 'height' ? value : null,
    at: unit === 'time' ? iso(value) : expected && iso(expected.at),
    earliest: expected && iso(expected.earliest),
    latest: expected && iso(expected.latest),
    ...{ state, known, sources, confidence, reasons },
  };
}

/** The moment of a published fork. */
export function pointOfPublished({ height, at }: Pick<WeighedFork, 'height' | 'at'>): ForkPoint {
  return height === null
    ? { unit: 'time', value: Math.round(Date.parse(at ?? '') / 1000) }
    : { unit: 'height', value: height };
}
