import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createRedraw } from './redraw.ts';

function onTerminal(columns: number) {
  const terminal = new PassThrough({ encoding: 'utf8' });
  return {
    redraw: createRedraw(terminal, () => columns),
    written: () => terminal.read() as string,
  };
}

describe('createRedraw', () => {
  it('draws over what it drew before', () => {
    const { redraw, written } = onTerminal(80);
    redraw.draw(['one', 'two']);
    expect(written()).toBe('one\ntwo\n');
    redraw.draw(['three']);
    expect(written()).toBe('\u001b[2A\u001b[0Jthree\n');
    redraw.clear();
    redraw.clear();
    expect(written()).toBe('\u001b[1A\u001b[0J');
  });

  it('cuts what would not fit on a line', () => {
    const { redraw, written } = onTerminal(5);
    redraw.draw(['12345678', '⛓️ab']);
    expect(written().split('\n')).toEqual(['1234', '⛓️ab', '']);
  });
});
