import { sanitizeTerminal } from '@wemixvisor/logs';
import stringWidth from 'string-width';

/** A column of a table: its title, and a text for each row. */
export interface Column {
  readonly title: string;
  readonly texts: readonly string[];
  /** Numbers are aligned on the right. */
  readonly right?: boolean;
}

/** A line for the titles and one for each row, two blanks between columns; cut to `width` columns of the terminal. */
export function tableLines(columns: readonly Column[], width: number): readonly string[] {
  const padded = columns.map((column) => {
    const widest = columnWidth(column);
    return [column.title, ...column.texts].map((text) => {
      const blanks = ' '.repeat(widest - stringWidth(text));
      return column.right === true ? blanks + text : text + blanks;
    });
  });
  const [titles = []] = padded;
  return titles.map((_, row) => {
    const line = padded.map((texts) => texts[row] ?? '').join('  ');
    return cutEnd(line.trimEnd(), width);
  });
}

/** Columns of the terminal that a column of the table takes. */
export function columnWidth({ title, texts }: Column): number {
  return Math.max(...[title, ...texts].map((text) => stringWidth(text)));
}

/** What a cell may be; a supervisor of another version, or another user's, may answer anything. */
export type Cell = string | number | null | undefined;

/** What a cell shows, on one line: it commands no terminal, and what cannot be read is a question mark. */
export function cellText(read: () => Cell): string {
  try {
    return sanitizeTerminal(String(read() ?? ''))
      .replaceAll(/\s+/g, ' ')
      .trim();
  } catch {
    return '?';
  }
}

/** The beginning of a text that is too wide, with an ellipsis. */
function cutEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return `${firstColumns(characters(text), width - 1).join('')}…`;
}

/** The end of a text that is too wide, with an ellipsis: of a path, it tells more. */
export function cutStart(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const backwards = characters(text).toReversed();
  return `…${firstColumns(backwards, width - 1)
    .toReversed()
    .join('')}`;
}

let segmenter: Intl.Segmenter | undefined;

/** What tells characters takes 9 ms to make, and few texts are cut. */
function characters(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function firstColumns(all: readonly string[], width: number): readonly string[] {
  let taken = 0;
  return all.filter((one) => (taken += stringWidth(one)) <= width);
}
