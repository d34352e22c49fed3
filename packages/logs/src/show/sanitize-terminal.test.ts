import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitizeChunks, sanitizeTerminal } from './sanitize-terminal.ts';

describe('sanitizeTerminal', () => {
  it.each([
    ['a\u001b]0;title\u0007b', 'a\\x1b]0;title\\x07b'],
    ['a\u001b[2Jb\u0000', 'a\\x1b[2Jb\\x00'],
    ['a\tb\r\n', 'a\tb\r\n'],
    ['a\r', 'a\r'],
    ['a\rb', 'a\\x0db'],
    ['\u009b2J', '\\x9b2J'],
    ['\u001b[31mred', 'red'],
    ['\u0007[31m', '\\x07[31m'],
  ])('shows %j as %j', (line, shown) => {
    expect(sanitizeTerminal(line)).toBe(shown);
  });

  it('keeps colours where they are wanted, and resets them at the end', () => {
    expect(sanitizeTerminal('\u001b[31mred', true)).toBe('\u001b[31mred\u001b[0m');
    expect(sanitizeTerminal('plain', true)).toBe('plain');
  });
});

describe('sanitizeChunks', () => {
  it('shows a line the same however it is cut', () => {
    const piece = fc.constantFrom('a', '\r', '\n', '\u001b', '[', '3', '1m', ';', '\u0007');
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(20)), (pieces, cuts) => {
        const line = pieces.join('');
        const at = [0, ...cuts.toSorted((one, other) => one - other), line.length];
        const chunks = at.slice(1).map((end, i) => line.slice(at[i], end));
        expect([...sanitizeChunks(chunks, false)].join('')).toBe(sanitizeTerminal(line));
      }),
    );
  });
});
