import type { Distribution, Labels, Sample } from './counts.ts';
import type { Figures } from './figures.ts';
import type { Counts } from './tally.ts';

/** All that a metric can be read from. */
export type Facts = Figures & { readonly counts: Counts };

/** The values of a metric; null or none: it is left out. */
export type Reading = number | boolean | null | readonly Sample[] | Distribution;

/** A metric: its description, and how it is read. */
export interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  /** One sentence with the unit and the conditions. */
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (facts: Facts) => Reading;
}

type Rest = readonly [
  name: string,
  help: string,
  read: Family['read'],
  ...labels: readonly string[],
];

/** A value that may go up and down. */
export const gauge = (...rest: Rest): Family => family('gauge', ...rest);
/** A value that only grows while the supervisor runs. */
export const counter = (...rest: Rest): Family => family('counter', ...rest);
/** How often values were within bounds. */
export const histogram = (...rest: Rest): Family => family('histogram', ...rest);

function family(type: Family['type'], ...[name, help, read, ...labels]: Rest): Family {
  return { name, type, help, labels, read };
}

/** One of several states: 1 for that one, 0 for all others. */
export function oneOf(label: string, known: readonly string[], present: string): readonly Sample[] {
  return known.map((name) => ({ labels: { [label]: name }, value: Number(name === present) }));
}

/** A single value with labels. */
export const labelled = (labels: Labels, value = 1): readonly Sample[] => [{ labels, value }];

/** Seconds since the epoch of a time in milliseconds. */
export const epochSeconds = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : milliseconds / 1000;
