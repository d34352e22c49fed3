import { charactersOf } from '../show/characters-of.ts';
import { sanitizeTerminal } from '../show/sanitize-terminal.ts';

/** A text from the node on one line, without anything that a terminal obeys. */
export function oneLine(text: string): string {
  return sanitizeTerminal(text.slice(0, 4096)).replaceAll(/\s+/g, ' ').trim();
}

/** The beginning of a text that fits into so many columns, with `…` for the rest. */
export function fitted(text: string, columns: number): string {
  if (text.length <= columns) return text;
  const characters = charactersOf(text);
  if (characters.length <= columns) return text;
  return `${characters.slice(0, Math.max(1, columns - 1)).join('')}…`;
}

/** Rows below each other, numbers at the right of their column and the last column as long as it is, each row cut to the columns. */
export function table(
  title: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const all = [title, ...rows];
  const widths = title.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  const lines = all.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  return lines.map((line) => `${fitted(line.trimEnd(), columns)}\n`).join('');
}
