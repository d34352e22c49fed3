import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from './one-line.ts';

/** Any code point, half a surrogate pair included. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((code) => String.fromCodePoint(code));

describe('one line', () => {
  it.each([
    ['a\r\nb\t c', 'a b c'],
    ['\u001B[31mred\0', 'red'],
    ['  ', ''],
    ['\u202Edrawkcab', 'drawkcab'],
    ['123456789012', '123456789…'],
  ])('%j is %j', (text, line) => {
    expect(oneLine(text, 10)).toBe(line);
  });

  it('redacts a secret before the line is cut', () => {
    const redact = (line: string) => line.replaceAll('hunter22', '***');
    expect(oneLine('password hunter22 said', 13, redact)).toBe('password ***…');
  });

  it('is printable and short, whatever it is made of', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        fc.integer({ min: 1, max: 40 }),
        (text, longest) => {
          const line = oneLine(text, longest);
          expect(line.length).toBeLessThanOrEqual(longest);
          expect(line).not.toMatch(/\p{Cc}/u);
        },
      ),
    );
  });
});
