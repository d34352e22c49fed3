import { sanitizeTerminal } from '@wemixvisor/logs';
import stringWidth from 'string-width';

/** A column of a table of `T`. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => string | number | null | undefined;
  /** Numbers are aligned on the right. */
  readonly right?: boolean;
}

/** How a table is shown. */
export interface TableLook<T> {
  /** Columns of the terminal, to which lines are cut; null where there is none, and nothing is cut. */
  readonly width: number | null;
  /** The SGR parameters of a row, as in `31` for red; null for none. */
  readonly colour: (row: T) => string | null;
}

/** A line for each row below the titles, two blanks between columns. What a node or another user says commands no terminal. */
export function renderTable<T>(
  columns: readonly Column<T>[],
  rows: readonly T[],
  { width, colour }: TableLook<T>,
): string {
  const texts = columns.map(({ title, cell }) => [title, ...rows.map((row) => shown(cell, row))]);
  const widths = texts.map((column) => Math.max(...column.map((text) => stringWidth(text))));
  const lineOf = (at: number) =>
    columns.map(({ right }, column) => {
      const text = texts[column]?.[at] ?? '';
      const blanks = ' '.repeat((widths[column] ?? 0) - stringWidth(text));
      return right === true ? blanks + text : text + blanks;
    });
  const lines = [null, ...rows].map((row, at) => {
    const line = cutEnd(lineOf(at).join('  ').trimEnd(), width ?? Number.POSITIVE_INFINITY);
    const style = row === null ? null : colour(row);
    return style === null ? line : `\u001b[${style}m${line}\u001b[0m`;
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** The width of a column as it would be shown. */
export function columnWidth<T>({ title, cell }: Column<T>, rows: readonly T[]): number {
  return Math.max(
    ...[title, ...rows.map((row) => shown(cell, row))].map((text) => stringWidth(text)),
  );
}

/** A supervisor of another version, or of another user, may answer anything. */
function shown<T>(cell: Column<T>['cell'], row: T): string {
  try {
    return sanitizeTerminal(String(cell(row) ?? ''))
      .replaceAll(/\s+/g, ' ')
      .trim();
  } catch {
    return '?';
  }
}

/** The beginning of a text that is too wide, with an ellipsis. */
function cutEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return `${firstColumns([...characters(text)], width - 1).join('')}…`;
}

/** The end of a text that is too wide, with an ellipsis: of a path, it tells more. */
export function cutStart(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const backwards = [...characters(text)].toReversed();
  return `…${firstColumns(backwards, width - 1)
    .toReversed()
    .join('')}`;
}

const segmenter = new Intl.Segmenter();
const characters = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

function firstColumns(all: readonly string[], width: number): readonly string[] {
  let taken = 0;
  return all.filter((one) => (taken += stringWidth(one)) <= width);
}
