import { stripVTControlCharacters } from 'node:util';
import type { Writable } from 'node:stream';
import { charactersOf } from './characters-of.ts';

/** A block of lines on a terminal that is redrawn in place. */
interface Redraw {
  /**
   * Replaces the lines drawn before; only those that differ are written. Lines wider than the terminal are cut; of more lines than it has
   * rows the last ones are left out, and the last row says so.
   */
  draw(lines: readonly string[]): void;
  /** Removes the lines. */
  clear(): void;
}

const eraseDown = '\u001b[0J';
const eraseRest = '\u001b[K';
const wholeScreen = `\u001b[H${eraseDown}`;
const up = (lines: number) => (lines === 0 ? '' : `\u001b[${lines}A`);

/**
 * Draws on a terminal with `columns()` columns and `rows()` rows, from the cursor on. It never scrolls a block that it has drawn: on a
 * terminal that has become too small for it, the block begins anew at the top of the cleared screen.
 *
 * @example
 * const redraw = createRedraw(process.stderr, () => process.stderr.columns);
 * redraw.draw(await lastLines('logs', 'node', 3));
 * redraw.clear();
 */
export function createRedraw(
  terminal: Writable,
  columns: () => number,
  rows: () => number = () => Infinity,
): Redraw {
  let shown: readonly string[] = [];
  return {
    clear() {
      if (shown.length > 0) terminal.write(up(shown.length) + eraseDown);
      shown = [];
    },
    draw(lines) {
      // A line as wide as the terminal would wrap, and the end of the last row scroll.
      const width = Math.max(1, columns() - 1);
      const height = Math.max(1, rows() - 1);
      const next = fitted(lines, height).map((line) => firstColumns(line, width));
      const isTooSmall = shown.length > height || shown.some((line) => widthOf(line) > width + 1);
      const text = isTooSmall ? wholeScreen + changes([], next) : changes(shown, next);
      shown = next;
      if (text !== '') terminal.write(text);
    },
  };
}

/** From the line below the old ones to the line below the new ones. */
function changes(shown: readonly string[], next: readonly string[]): string {
  const first = next.findIndex((line, index) => line !== shown[index]);
  if (first === -1 && next.length === shown.length) return '';
  const from = first === -1 ? next.length : first;
  const texts = next.slice(from).map((line, index) => {
    const before = shown[from + index];
    if (before === line) return '\n';
    return before === undefined ? `${line}\n` : `${line}${eraseRest}\n`;
  });
  const rest = next.length < shown.length ? eraseDown : '';
  return up(shown.length - from) + texts.join('') + rest;
}

function fitted(lines: readonly string[], height: number): readonly string[] {
  if (lines.length <= height) return lines;
  const left = lines.length - height + 1;
  return [...lines.slice(0, height - 1), `… ${left} more lines: the terminal is too low`];
}

/** Scripts of which each character has two columns, as Korean, and signs that are drawn in colour. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;
const columnsOf = (character: string) => (wide.test(character) ? 2 : 1);
const isPlain = (line: string) => /^[ -~]*$/.test(line);

function widthOf(line: string): number {
  const text = stripVTControlCharacters(line);
  if (isPlain(text)) return text.length;
  return charactersOf(text).reduce((sum, character) => sum + columnsOf(character), 0);
}

/** The beginning of a line; one that is cut loses its colours. */
function firstColumns(whole: string, width: number): string {
  if (widthOf(whole) <= width) return whole;
  const line = stripVTControlCharacters(whole);
  if (isPlain(line)) return line.slice(0, width);
  let left = width;
  const within = charactersOf(line).filter((character) => (left -= columnsOf(character)) >= 0);
  return within.join('');
}
