import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { searchWindows } from './search-windows.ts';

const words = (list: string) => fc.constantFrom(...list.split(' '));
const character = fc.constantFrom('a', 'b', 'c', ' ', '\r', '\u2028', 'µ', '😀', '\u212a');
const text = fc.array(character, { maxLength: 60 }).map((parts) => parts.join(''));

/** In pieces of so many units. */
const cut = (whole: string, size: number): string[] =>
  Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
    whole.slice(at * size, (at + 1) * size),
  );

describe('searchWindows', () => {
  it('finds each match of up to an overlap, wherever the windows are cut, and nothing else', () => {
    const near = words(
      'ab a|cc (a)\\1 (?<=a.)b a(?=.b) ^a a$ ^$ ^ $ \\ba a\\b \\Bb b\\B (?<!a)b b(?!a) a.*?b^ [^b]{3} .{4}$',
    );
    fc.assert(
      fc.property(
        near,
        text,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (source, whole, size, ignoreCase) => {
          const pattern = compilePattern(source, { ignoreCase });
          const found = searchWindows(pattern, 4)(cut(whole, size));
          expect(found).toBe(pattern.test(whole));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('finds no match only because a window begins or ends there', () => {
    const far = words('a[^b]*$ ^[^b]*a \\b[^b]*$ [^b]+\\b ^.*$ a[^b]*\\B (?:c|^)[^a]*b');
    fc.assert(
      fc.property(far, text, fc.integer({ min: 1, max: 9 }), (source, whole, size) => {
        const pattern = compilePattern(source);
        const found = searchWindows(pattern, 4)(cut(whole, size));
        expect(found && !pattern.test(whole)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a match as long as an overlap', 'x.{14}y', `x${'-'.repeat(14)}y`],
    ['the beginning of the line', '^-', ''],
    ['the end of the line', '-$', ''],
  ])('finds %s', (_, source, match) => {
    const filler = '-'.repeat(50);
    const search = searchWindows(compilePattern(source), 16);
    expect(search(cut(filler + match + filler, 10))).toBe(true);
  });

  it('finds a longer match only where a window holds it', () => {
    const search = searchWindows(compilePattern('x.*y'), 16);
    const line = (between: number) => `${'-'.repeat(50)}x${'-'.repeat(between)}y${'-'.repeat(50)}`;
    expect(search(cut(line(14), 10))).toBe(true);
    expect(search(cut(line(50), 10))).toBe(false);
  });

  it.each(['[\\p{L}--[a$^]]$', '[[a-c]&&[^b$]]$', '^[[^\\[]--[x]]'])(
    'leaves the class of %s alone, which the v flag lets hold classes',
    (source) => {
      const search = searchWindows(new RegExp(source, 'mv'), 4);
      expect(search(cut('-'.repeat(30), 3))).toBe(source.startsWith('^'));
      expect(search(cut(`${'-'.repeat(30)}c`, 3))).toBe(true);
    },
  );

  it('looks at 10 MB without a match in no time to speak of, whatever is repeated', () => {
    const pieces = Array.from({ length: 640 }, () => 'c0ffee '.repeat(2340));
    for (const source of ['.*q', 'c.*q', '[a-f]+.*[G-Z]+$', '\\w+ *\\w+q', 'e.*?[^f]*Q']) {
      expect(searchWindows(compilePattern(source))(pieces)).toBe(false);
    }
  });
});
