import { clearScreenDown, moveCursor } from 'node:readline';
import type { Writable } from 'node:stream';

/** A block of lines on a terminal that is redrawn in place. */
interface Redraw {
  /** Replaces the lines drawn before; lines wider than the terminal are cut. */
  draw(lines: readonly string[]): void;
  /** Removes the lines. */
  clear(): void;
}

/**
 * Draws on a terminal with `columns()` columns, from the cursor on.
 *
 * @example
 * const redraw = createRedraw(process.stderr, () => process.stderr.columns);
 * redraw.draw(await lastLines('logs', 'node', 3));
 * redraw.clear();
 */
export function createRedraw(terminal: Writable, columns: () => number): Redraw {
  let drawn = 0;
  const clear = () => {
    if (drawn === 0) return;
    moveCursor(terminal, 0, -drawn);
    clearScreenDown(terminal);
    drawn = 0;
  };
  return {
    clear,
    draw(lines) {
      // A line as wide as the terminal would wrap, and the count would be wrong.
      const width = Math.max(1, columns() - 1);
      const cut = lines.map((line) => firstCharacters(line, width));
      clear();
      terminal.write(cut.map((line) => `${line}\n`).join(''));
      drawn = cut.length;
    },
  };
}

function firstCharacters(line: string, count: number): string {
  if (line.length <= count) return line;
  const characters = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
  return characters.slice(0, count).join('');
}
