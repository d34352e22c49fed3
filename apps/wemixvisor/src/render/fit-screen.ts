import { styleText } from 'node:util';

/** How a line looks on a terminal in colours. */
export type Style = Parameters<typeof styleText>[0];

/** A label with a text, or with a line for each of several. */
export interface ScreenRow {
  readonly label: string;
  readonly lines: readonly string[];
  /** Of the rows that do not fit the highest rank goes first; of several lines the first. @default 0 */
  readonly rank?: number;
  readonly style?: Style | undefined;
}

/** A terminal to fit in. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

/**
 * Rows as lines with their labels in one column. On a terminal texts are wrapped under themselves, and what is too high for it is left
 * out by rank, which the last line says; elsewhere (null) each text is one line, and all are there.
 */
export function fitScreen(rows: readonly ScreenRow[], screen: Screen | null): readonly string[] {
  const width = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const show = (row: ScreenRow) => linesOf(row, width, screen);
  const shown = [...rows];
  const height = () => shown.reduce((sum, row) => sum + show(row).length, 0);
  // The cursor stands on a line of its own below.
  const room = screen === null ? Infinity : Math.max(1, screen.rows - 1);
  const all = height();
  if (all <= room) return shown.flatMap(show);
  while (height() > room - 1 && removeLeast(shown));
  const left = shown.flatMap(show).slice(0, room - 1);
  return [...left, `… ${all - left.length} more lines: wemixvisor status | less`];
}

/** Removes one line of the row of the highest rank; false when only rows of rank 0 are left. */
function removeLeast(rows: ScreenRow[]): boolean {
  const highest = Math.max(...rows.map(({ rank = 0 }) => rank));
  const at = rows.findLastIndex(({ rank = 0 }) => rank === highest);
  const row = rows[at];
  if (row === undefined || highest === 0) return false;
  const lines = row.lines.slice(1);
  rows.splice(at, 1, ...(lines.length === 0 ? [] : [{ ...row, lines }]));
  return true;
}

/** A text in a style. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}

function linesOf({ label, lines, style }: ScreenRow, width: number, screen: Screen | null) {
  const isPainted = style !== undefined && screen?.colour === true;
  const head = `${label}:`.padEnd(width);
  const room = screen === null ? Infinity : Math.max(10, screen.columns - width);
  return lines
    .flatMap((line) => wrap(line, room))
    .map(
      (line, at) => (at === 0 ? head : ' '.repeat(width)) + (isPainted ? paint(style, line) : line),
    );
}

/** A text in lines of at most `room` characters, broken between words, and within one only where it is longer than a line. */
function wrap(text: string, room: number): readonly string[] {
  if (text.length <= room) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= room) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = word;
    }
    for (; line.length > room; line = line.slice(room)) lines.push(line.slice(0, room));
  }
  return [...lines, line];
}
