import { levels } from '../format/level.ts';
import { grouped, spanText } from './format-values.ts';
import type { LogMap, MapColumns } from './map-columns.ts';

/** A time range that differs from the rest. */
export interface Sight {
  readonly fromMs: number;
  readonly toMs: number;
  readonly why: string;
  /** The level that shows it alone; null where it takes all lines. */
  readonly level: 'warn' | 'error' | null;
}

const mostSights = 6;
/** A gap is this long at least, and this many times as long as the average time between two lines. */
const shortestGapMs = 30_000;
const gapTimes = 10;
/** A burst has so many lines at least, and so many times as many as is usual. */
const leastLines = 5;
const burstTimes = 4;
const errorRow = levels.indexOf('error');
const warnRow = levels.indexOf('warn');

/** The time ranges of a map that are worth a look, in the order of time: errors, bursts of warnings and of lines, and gaps. */
export function worthALook(map: LogMap, columns: MapColumns): readonly Sight[] {
  const errors = runs(columns, (counts) => sumFrom(counts, errorRow), 1);
  const warnings = runs(columns, (counts) => counts[warnRow] ?? 0, leastLines);
  const lines = runs(columns, (counts) => counts.reduce((sum, count) => sum + count, 0), 100);
  const sights = [
    ...gapsOf(map),
    ...errors.map((run) => ({
      ...run,
      why: counted(run.count, 'error'),
      level: 'error' as const,
    })),
    ...warnings.map((run) => ({
      ...run,
      why: `${counted(run.count, 'warning')}${usually(run)}`,
      level: 'warn' as const,
    })),
    ...lines.map((run) => ({
      ...run,
      why: `${counted(run.count, 'line')}${usually(run)}`,
      level: null,
    })),
  ];
  return sights.slice(0, mostSights).toSorted((a, b) => a.fromMs - b.fromMs);
}

interface Run {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  /** What a stretch of this length has elsewhere. */
  readonly usual: number;
}

/** The largest stretches of columns with many more lines than the usual column has; two at most. */
function runs(
  { startMs, widthMs, counts }: MapColumns,
  countOf: (counts: readonly number[]) => number,
  least: number,
): readonly Run[] {
  const values = counts.map(countOf);
  const usual = medianOf(values);
  const found: Run[] = [];
  for (let at = 0; at < values.length; at += 1) {
    let end = at;
    let count = 0;
    while (end < values.length && isMany(values[end] ?? 0, usual, least)) {
      count += values[end] ?? 0;
      end += 1;
    }
    if (end === at) continue;
    const [fromMs, toMs] = [startMs + at * widthMs, startMs + end * widthMs];
    found.push({ fromMs, toMs, count, usual: usual * (end - at) });
    at = end;
  }
  return found.toSorted((a, b) => b.count - a.count).slice(0, 2);
}

function isMany(value: number, usual: number, least: number): boolean {
  return value >= least && value >= usual * burstTimes;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function gapsOf({ gaps, count, firstMs, lastMs, startsMs }: LogMap): readonly Sight[] {
  const average = (lastMs - firstMs) / Math.max(1, count);
  const least = Math.max(shortestGapMs, average * gapTimes);
  return gaps
    .filter(({ fromMs, toMs }) => toMs - fromMs >= least)
    .toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
    .slice(0, 2)
    .map(({ fromMs, toMs }) => {
      const isStart = startsMs.some((ms) => ms >= fromMs && ms <= toMs + shortestGapMs);
      const after = isStart ? ', then a start of the node' : '';
      return { fromMs, toMs, why: `no line for ${spanText(toMs - fromMs)}${after}`, level: null };
    });
}

function sumFrom(counts: readonly number[], row: number): number {
  return counts.slice(row, levels.length).reduce((sum, count) => sum + count, 0);
}

function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}

function usually({ usual }: Run): string {
  return usual === 0 ? '' : `, where ${grouped(Math.round(usual))} are usual`;
}
