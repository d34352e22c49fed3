import type { MeasureKind } from '../where/measure.ts';
import type { Digest } from './digest.ts';
import { dateAndClock, grouped, monthAndClock, measureText, spanText } from './format-values.ts';
import { oneLine, table } from './table.ts';
import type { Seen, Tally } from './tally.ts';

/** What is known of a key whose values are numbers. */
export interface KeyNumbers {
  readonly kind: MeasureKind;
  readonly digest: Digest;
}

/** What the records say together. */
export interface Stats {
  readonly by: string | null;
  readonly total: Seen;
  readonly groups: Tally<Seen>;
  readonly keys: ReadonlyMap<string, KeyNumbers>;
  /** Whether there were more keys with numbers than are kept. */
  readonly hasMoreKeys: boolean;
}

const hourMs = 3_600_000;
/** Groups and keys that are shown to people; programs get all. */
const mostShown = 20;
const parts = [0.5, 0.9, 0.99] as const;

/** Records an hour over the time from the first to the last of all; null for less than a second, which is no time to tell a rate by. */
function perHour(count: number, { firstMs, lastMs }: Seen): number | null {
  const ms = lastMs - firstMs;
  return ms >= 1000 ? (count * hourMs) / ms : null;
}

function rateText(rate: number | null): string {
  if (rate === null) return '-';
  return rate >= 100 ? grouped(Math.round(rate)) : String(Number(rate.toPrecision(2)));
}

const byCount = ([, a]: readonly [string, Seen], [, b]: readonly [string, Seen]) =>
  b.count - a.count;
const byNumbers = ([, a]: readonly [string, KeyNumbers], [, b]: readonly [string, KeyNumbers]) =>
  b.digest.count - a.digest.count;

/** The statistics for people. */
export function statsText(
  { by, total, groups, keys, hasMoreKeys }: Stats,
  columns: number,
): string {
  if (total.count === 0) return 'no lines\n';
  const span = total.lastMs - total.firstMs;
  const rate = rateText(perHour(total.count, total));
  const head = Number.isNaN(span)
    ? `${grouped(total.count)} lines, without times\n`
    : `${grouped(total.count)} lines in ${spanText(span)}, ${rate} an hour\nfrom ${dateAndClock(total.firstMs)} to ${dateAndClock(total.lastMs)}\n`;
  const sorted = [...groups.groups].toSorted(byCount);
  const rows = sorted.slice(0, mostShown).map(([name, seen]) => groupRow(name, seen, total));
  const rest = sorted
    .slice(mostShown)
    .reduce((sum, [, { count }]) => sum + count, groups.others.count);
  const isCut = groups.others.count > 0;
  const more = isCut
    ? `more than ${grouped(sorted.length - mostShown)}`
    : grouped(sorted.length - mostShown);
  const restLine = rest === 0 ? '' : `${grouped(rest)} lines in ${more} others\n`;
  const title = ['LINES', 'SHARE', 'PER HOUR', 'FIRST', 'LAST', (by ?? 'level').toUpperCase()];
  return [
    head,
    ...(rows.length > 0
      ? ['\n', table(title, rows, columns), restLine]
      : [`\nno line has the key ${oneLine(by ?? '')}\n`]),
    keysText(keys, hasMoreKeys, columns),
  ].join('');
}

function groupRow(name: string, seen: Seen, total: Seen): readonly string[] {
  const share = `${((seen.count * 100) / total.count).toFixed(1)}%`;
  const [first, last] = [monthAndClock(seen.firstMs), monthAndClock(seen.lastMs)];
  return [
    grouped(seen.count),
    share,
    rateText(perHour(seen.count, total)),
    first,
    last,
    oneLine(name) || '(empty)',
  ];
}

function keysText(keys: Stats['keys'], hasMoreKeys: boolean, columns: number): string {
  if (keys.size === 0) return '';
  const sorted = [...keys].toSorted(byNumbers);
  const rows = sorted.slice(0, mostShown).map(([key, { kind, digest }]) => {
    const values = [digest.min, ...parts.map((part) => digest.at(part)), digest.max];
    return [
      grouped(digest.count),
      ...values.map((value) => measureText(value, kind)),
      oneLine(key),
    ];
  });
  const left = sorted.length - rows.length;
  const more = hasMoreKeys ? `more than ${left}` : String(left);
  return [
    '\n',
    table(['VALUES', 'MIN', 'P50', 'P90', 'P99', 'MAX', 'KEY'], rows, columns),
    left > 0 || hasMoreKeys ? `${more} other keys with numbers\n` : '',
    'Percentiles are within 1 %.\n',
  ].join('');
}

/** The statistics for programs. */
export function statsJson({ by, total, groups, keys, hasMoreKeys }: Stats): unknown {
  return {
    schema: 1,
    ...seenJson(total, total),
    by: by ?? 'level',
    groups: [...groups.groups]
      .toSorted(byCount)
      .map(([name, seen]) => ({ name, ...seenJson(seen, total) })),
    other_lines: groups.others.count,
    keys: [...keys].toSorted(byNumbers).map(([key, { kind, digest }]) => ({
      key,
      kind,
      values: digest.count,
      min: digest.min,
      p50: digest.at(0.5),
      p90: digest.at(0.9),
      p99: digest.at(0.99),
      max: digest.max,
    })),
    more_keys: hasMoreKeys,
  };
}

/** Counts and times for programs. */
function seenJson(seen: Seen, total: Seen): Record<string, unknown> {
  return {
    lines: seen.count,
    per_hour: perHour(seen.count, total),
    first: timeJson(seen.firstMs),
    last: timeJson(seen.lastMs),
  };
}

function timeJson(ms: number): string | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
