import { clock, day, grouped, spanText } from './format-values.ts';
import { columnsOf, rowNames, type LogMap, type MapColumns } from './map-columns.ts';
import type { SummaryView } from './log-summary.ts';
import { fitted } from './table.ts';
import { worthALook, type Sight } from './worth-a-look.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const bars = ' ▁▂▃▄▅▆▇█';
const colours: Readonly<Record<string, string>> = {
  crit: '\u001b[1;31m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  debug: '\u001b[2m',
  trace: '\u001b[2m',
};
const reset = '\u001b[0m';
const labelWidth = 6;
const mostWidth = 8;

/** The map for people: a row for each level that there is, the worst first, then starts, times, and what is worth a look. */
export function mapText(
  map: LogMap,
  { columns: width, colour }: SummaryView,
  command: string,
): string {
  if (map.count === 0) return 'no lines with a time\n';
  const columns = columnsOf(map, Math.max(10, width - labelWidth - mostWidth));
  const rows = [...rowNames.entries()].toReversed().flatMap(([row, name]) => {
    const counts = columns.counts.map((each) => each[row] ?? 0);
    return counts.some((count) => count > 0) ? [rowText(name, counts, columns, colour)] : [];
  });
  const unit = spanText(columns.widthMs);
  const head = `${grouped(map.count)} lines, a column is ${unit}; at the end of a row its most in a column`;
  const sights = worthALook(map, columns);
  return [
    `${fitted(head, width)}\n`,
    ...rows,
    ...startsRow(map, columns),
    ...axis(columns),
    ...(sights.length === 0 ? [] : ['\nworth a look:\n']),
    ...sights.map((sight) => sightText(sight, width, command)),
  ].join('');
}

function rowText(
  name: string,
  counts: readonly number[],
  { counts: all }: MapColumns,
  colour: boolean,
): string {
  const most = Math.max(...counts);
  const picture = counts
    .map((count, at) => {
      if (count > 0) return bars[Math.max(1, Math.round((count / most) * 8))] ?? '';
      return all[at]?.some((each) => each > 0) === true ? ' ' : '·';
    })
    .join('');
  const style = colour ? (colours[name] ?? '') : '';
  const end = style === '' ? '' : reset;
  return `${style}${name.padEnd(labelWidth)}${picture}${end} ${short(most)}\n`;
}

function startsRow({ startsMs }: LogMap, columns: MapColumns): readonly string[] {
  if (startsMs.length === 0) return [];
  const marks = columns.counts.map(() => ' ');
  for (const ms of startsMs) marks[Math.floor((ms - columns.startMs) / columns.widthMs)] = '▲';
  return [`${'start'.padEnd(labelWidth)}${marks.join('').trimEnd()}\n`];
}

/** The times below the columns, as many as there is room for. */
function axis({ startMs, widthMs, counts }: MapColumns): readonly string[] {
  const isLong = widthMs * counts.length >= 24 * hour;
  const label = (at: number): string => {
    const ms = startMs + at * widthMs;
    if (isLong) return `${day(ms).slice(5)} ${clock(ms).slice(0, 5)}`;
    return widthMs < minute ? clock(ms) : clock(ms).slice(0, 5);
  };
  const room = label(0).length + 4;
  let [ticks, labels] = ['', ''];
  for (let at = 0; at < counts.length; at += room) {
    // The last one may end beyond the columns by as much as the row of a level does.
    if (at > 0 && at + label(at).length > counts.length + mostWidth - 1) break;
    ticks = `${ticks.padEnd(at)}|`;
    labels = `${labels.padEnd(at)}${label(at)}`;
  }
  const indent = ' '.repeat(labelWidth);
  return [`${indent}${ticks}\n`, `${indent}${labels}\n`];
}

function sightText({ fromMs, toMs, why, level }: Sight, width: number, command: string): string {
  const [from, to] = [Math.floor(fromMs / second), Math.ceil(toMs / second)].map(
    (seconds) => seconds * second,
  );
  const time = (ms = 0) => `${day(ms)} ${clock(ms)}`;
  const end = time(to).startsWith(day(fromMs)) ? clock(to ?? 0) : time(to);
  const filter = level === null ? '' : ` --level ${level}`;
  // A command that is cut is none.
  return [
    `${fitted(`  ${time(from)} to ${end}: ${why}`, width)}\n`,
    `    ${command} -n all --since '${time(from)}' --until '${time(to)}'${filter}\n`,
  ].join('');
}

/** A count in at most six characters. */
function short(count: number): string {
  if (count < 10_000) return String(count);
  if (count < 1_000_000) return `${Number((count / 1000).toPrecision(3))}k`;
  return `${Number((count / 1_000_000).toPrecision(3))}M`;
}
