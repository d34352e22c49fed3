import { styleText } from 'node:util';
import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** What a text says, beside its words. */
export type Tone = 'good' | 'warn' | 'bad' | 'alarm' | 'dim' | 'strong';

/** How a screen is drawn. */
export interface ScreenOptions {
  readonly columns: number;
  readonly rows: number;
  /** Without colour the words say all. @default false */
  readonly colour?: boolean;
  /** False for a terminal that shows ASCII alone. @default true */
  readonly unicode?: boolean;
}

/** Draws texts and puts them into the width of the screen. */
export interface Pen {
  readonly columns: number;
  readonly rows: number;
  /** A text in a tone. */
  paint(tone: Tone | null, text: string): string;
  /** At most so many columns of it, with `…` for what is cut. */
  cut(text: string, width?: number): string;
  /** All of it on so many lines at most, broken between words. */
  wrap(text: string, most: number, width?: number): readonly string[];
  /** One text at the left edge, the other at the right; the left one gives way. */
  between(left: string, right: string): string;
  /** A line across the screen with a title in it. */
  rule(title: string, right?: string): string;
}

const styles: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  warn: 'yellow',
  bad: ['bold', 'red'],
  alarm: ['bold', 'inverse', 'red'],
  dim: 'dim',
  strong: 'bold',
};

/** Characters of one column each, for which nothing has to be looked up: most of a screen. */
const narrow = /^[ -~·…─▁-█]*$/;

/** Columns of a text, wide characters counted twice. */
export const widthOf = (text: string): number =>
  narrow.test(text) ? text.length : stringWidth(text);

export function createPen({ columns, rows, colour = false, unicode = true }: ScreenOptions): Pen {
  const dash = unicode ? '─' : '-';
  const pen: Pen = {
    columns,
    rows,
    paint: (tone, text) =>
      tone === null || text === '' || !colour
        ? text
        : styleText(styles[tone], text, { validateStream: false }),
    cut(text, width = columns) {
      if (widthOf(text) <= width) return text;
      if (width <= 0) return '';
      if (narrow.test(text)) return `${text.slice(0, width - 1)}…`;
      const begin = sliceAnsi(text, 0, width - 1);
      // A character of two columns may stand across the edge.
      return `${widthOf(begin) < width ? begin : sliceAnsi(text, 0, width - 2)}…`;
    },
    wrap(text, most, width = columns) {
      const lines = wrapAnsi(text, Math.max(1, width), { hard: true }).split('\n');
      if (lines.length <= most) return lines;
      return [...lines.slice(0, most - 1), pen.cut(lines.slice(most - 1).join(' '), width)];
    },
    between(left, right) {
      if (right === '') return pen.cut(left);
      const room = Math.max(0, columns - widthOf(right) - 1);
      const shown = pen.cut(left, room);
      return pen.cut(shown + ' '.repeat(Math.max(0, columns - widthOf(shown + right))) + right);
    },
    rule(title, right = '') {
      const begin = title === '' ? '' : `${pen.paint('dim', dash)} ${title} `;
      const end = right === '' ? '' : ` ${right} ${pen.paint('dim', dash)}`;
      const left = Math.max(0, columns - widthOf(begin + end));
      return pen.cut(begin + pen.paint('dim', dash.repeat(left)) + end);
    },
  };
  return pen;
}

/** The only characters beyond ASCII that the screen itself draws. */
const inAscii = new Map([
  ...Array.from('▁▂▃▄▅▆▇█', (block, level) => [block, '_.:-=+*#'[level] ?? '#'] as const),
  ['…', '~'],
  ['·', '|'],
  ['─', '-'],
]);

/** A line for a terminal that shows ASCII alone. */
export function toAscii(line: string): string {
  return line.replaceAll(/[^\0-\x7f]/gu, (found) => inAscii.get(found) ?? '?');
}

/** A text on one line that commands no terminal. */
export function oneLine(text: string): string {
  return text.trim().replaceAll(/\p{Cc}+/gu, ' ');
}
