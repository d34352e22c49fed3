import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createRedraw } from './redraw.ts';

function onTerminal(size: { columns: number; rows: number }) {
  const terminal = new PassThrough({ encoding: 'utf8' });
  return {
    redraw: createRedraw(
      terminal,
      () => size.columns,
      () => size.rows,
    ),
    written: () => (terminal.read() as string | null) ?? '',
  };
}

describe('createRedraw', () => {
  it('writes only the lines that have changed, in place', () => {
    const { redraw, written } = onTerminal({ columns: 80, rows: 24 });
    redraw.draw(['one', 'two', 'three', 'four']);
    expect(written()).toBe('one\ntwo\nthree\nfour\n');
    redraw.draw(['one', '2', 'three', 'four']);
    expect(written()).toBe('\u001b[3A2\u001b[K\n\n\n');
    redraw.draw(['one', '2', 'three', 'four']);
    expect(written()).toBe('');
    redraw.draw(['one', '2', 'three', 'four', 'five']);
    expect(written()).toBe('five\n');
    redraw.draw(['one']);
    expect(written()).toBe('\u001b[4A\u001b[0J');
    redraw.clear();
    redraw.clear();
    expect(written()).toBe('\u001b[1A\u001b[0J');
  });

  it('cuts what would not fit on a line', () => {
    const { redraw, written } = onTerminal({ columns: 5, rows: 24 });
    redraw.draw(['12345678', '⛓️ab', '⛓️abc', '가나다']);
    expect(written().split('\n')).toEqual(['1234', '⛓️ab', '⛓️ab', '가나', '']);
  });

  it('leaves out what finds no row, and says so', () => {
    const { redraw, written } = onTerminal({ columns: 80, rows: 4 });
    redraw.draw(['1', '2', '3', '4']);
    expect(written().split('\n')).toEqual([
      '1',
      '2',
      '… 2 more lines: the terminal is too low',
      '',
    ]);
  });

  it.each([
    ['lower', { columns: 80, rows: 3 }],
    ['narrower, so that it breaks the lines', { columns: 5, rows: 24 }],
  ])('begins at the top of the screen on a terminal that has become %s', (_case, smaller) => {
    const size = { columns: 80, rows: 24 };
    const { redraw, written } = onTerminal(size);
    redraw.draw(['a line', 'b', 'c']);
    written();
    Object.assign(size, smaller);
    redraw.draw(['x']);
    expect(written()).toBe('\u001b[H\u001b[0Jx\n');
  });
});
