import { expectHeight } from './block-time.ts';
import type { ChainState } from './chain-state.ts';
import type { Fork, ForkPoint } from './fork.ts';
import type { WeighedFork } from './verdict.ts';

/** A fork that is judged, at its moment. */
export type JudgedFork = Fork & Omit<WeighedFork, 'name' | 'height' | 'at' | 'earliest' | 'latest'>;

const iso = (seconds: number) => new Date(Math.min(seconds * 1000, 8.64e15)).toISOString();

/** The published form of a fork: its moment as a height or a date. */
export function publishFork(
  { name, unit, value, ...judged }: JudgedFork,
  { pace }: ChainState,
): WeighedFork {
  const undated = { at: null, earliest: null, latest: null };
  if (unit === 'time') return { name, height: null, ...undated, at: iso(value), ...judged };
  if (judged.state !== 'coming' || pace === null)
    return { name, height: value, ...undated, ...judged };
  const { at, earliest, latest } = expectHeight(value, pace);
  const dated = { at: iso(at), earliest: iso(earliest), latest: iso(latest) };
  return { name, height: value, ...dated, ...judged };
}

/** The moment of a published fork. */
export function pointOfPublished({ height, at }: Pick<WeighedFork, 'height' | 'at'>): ForkPoint {
  return height === null
    ? { unit: 'time', value: Math.round(Date.parse(at ?? '') / 1000) }
    : { unit: 'height', value: height };
}
