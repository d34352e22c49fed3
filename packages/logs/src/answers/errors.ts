import { createRecordReader } from '../fields/record-reader.ts';
import type { Level } from '../format/level.ts';
import { candidateOf, type LogRecord } from '../read/record/log-record.ts';
import { day, clock, grouped } from './format-values.ts';
import { fitted, oneLine } from './table.ts';
import { createTally, type Seen } from './tally.ts';
import { firstLine, recordShape } from './record-shape.ts';
import type { LogSummary } from './log-summary.ts';

/** Distinct errors that are kept; of more only the number of lines is. */
const mostErrors = 500;
/** Characters of an example. */
const mostText = 400;

/** An error that was seen once or more. */
interface ErrorSeen extends Seen {
  readonly level: Level | null;
  readonly message: string;
  /** How it was said the first time. */
  readonly example: string;
}

/** Each distinct error once, with how often and when it was seen: two are the same where only numbers, hashes and addresses differ. */
export function createErrors(newSince: Date | null): LogSummary {
  const reader = createRecordReader();
  const tally = createTally<ErrorSeen>(mostErrors);
  const errors = (): readonly ErrorSeen[] => {
    const since = newSince?.getTime() ?? -Infinity;
    return [...tally.groups.values()]
      .filter(({ firstMs }) => newSince === null || firstMs >= since)
      .toSorted((a, b) => b.count - a.count);
  };
  return {
    add(_source, record) {
      reader.open(candidateOf(record));
      const message = firstLine(reader).slice(0, mostText);
      // Rules and empty lines of a notice say nothing by themselves.
      if (!/[\p{L}\p{N}]/u.test(message)) return;
      const level = reader.level();
      tally.add(recordShape(reader), reader.timeMs(), () => ({
        level,
        message,
        example: exampleOf(record, message),
      }));
    },
    text: ({ columns }) => errorsText(errors(), tally.others, { columns, newSince }),
    json: () => ({
      schema: 1,
      errors: errors().map(({ level, message, example, count, firstMs, lastMs }) => ({
        level,
        message,
        example,
        lines: count,
        first: Number.isNaN(firstMs) ? null : new Date(firstMs).toISOString(),
        last: Number.isNaN(lastMs) ? null : new Date(lastMs).toISOString(),
      })),
      other_lines: tally.others.count,
    }),
  };
}

/** Message and fields, as they stand in the line. */
function exampleOf({ fields }: LogRecord, message: string): string {
  const pairs = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  return [message, ...pairs].join(' ').slice(0, mostText);
}

function errorsText(
  errors: readonly ErrorSeen[],
  others: Seen,
  { columns, newSince }: { readonly columns: number; readonly newSince: Date | null },
): string {
  if (errors.length === 0) return newSince === null ? 'no errors\n' : 'no new errors\n';
  const counts = errors.map(({ count }) => `${grouped(count)}×`);
  const width = Math.max(...counts.map(({ length }) => length));
  const rows = errors.map((error, at) => {
    const name = (error.level ?? 'none').toUpperCase();
    const head = `${(counts[at] ?? '').padStart(width)}  ${name.padEnd(5)}  ${timesText(error)}`;
    return `${fitted(head, columns)}\n${fitted(`${' '.repeat(width)}  ${oneLine(error.example)}`, columns)}\n`;
  });
  const rest =
    others.count === 0
      ? ''
      : `${grouped(others.count)} lines of more than ${mostErrors} distinct errors are not listed\n`;
  return `${rows.join('')}${rest}`;
}

function timesText({ count, firstMs, lastMs }: Seen): string {
  if (Number.isNaN(firstMs)) return 'at an unknown time';
  const first = `${day(firstMs)} ${clock(firstMs)}`;
  if (count === 1) return first;
  const last = day(firstMs) === day(lastMs) ? clock(lastMs) : `${day(lastMs)} ${clock(lastMs)}`;
  return `${first} to ${last}`;
}
