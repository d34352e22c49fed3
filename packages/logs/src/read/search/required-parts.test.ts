import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { requiredParts, textSearch } from './required-parts.ts';

describe('requiredParts', () => {
  it.each([
    ['.*q', ['q']],
    ['a.*b', ['a', 'b']],
    ['^a.+?b$', ['^a.', 'b$']],
    ['[a-f]+.*[G-Z]+$', ['[a-f]', '[G-Z]', '$']],
    ['(a|b).*(c+)d', ['(a|b)', '(c+)d']],
    ['(?:a|b)+c\\d*', ['(?:a|b)+c']],
    ['a\\*b\\.+c', ['a\\*b\\.', 'c']],
    ['a{2,}b*', ['a{2,}']],
    ['.*', []],
  ])('of %s are %j', (source, parts) => {
    const found = requiredParts(new RegExp(source));
    expect(found.map((part) => part.source)).toEqual(parts);
  });

  it.each(['ab', 'a?', 'a*|b', '(a).*\\1', '(?<n>a).*\\k<n>', '(?:a*|b)c'])(
    'of %s are none',
    (source) => {
      expect(requiredParts(new RegExp(source))).toEqual([]);
    },
  );

  it('keep the flags', () => {
    expect(requiredParts(/a.*b/im)[0]).toMatchObject({ ignoreCase: true, multiline: true });
  });
});

describe('textSearch', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '\\w',
    '[^a]',
    '(a|b)',
    '(?=a)',
    '(?<!b)',
    '\\b',
    '^',
    '$',
  );
  const many = fc.constantFrom('', '', '*', '+', '*?', '+?', '?', '{2}');
  const source = fc
    .array(
      fc
        .tuple(atom, many)
        .map(([one, times]) => (/^(?:\^|\$|\\b|\(\?)/.test(one) ? one : one + times)),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join(''));
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', 'A'), { maxLength: 12 })
    .map((parts) => parts.join(''));

  it('can match wherever it does, and finds what the pattern finds', () => {
    fc.assert(
      fc.property(source, text, fc.nat(12), fc.boolean(), (typed, whole, from, ignoreCase) => {
        const pattern = compilePattern(typed, { ignoreCase });
        const search = textSearch(pattern);
        const global = new RegExp(pattern.source, `${pattern.flags}g`);
        global.lastIndex = from;
        const found = global.exec(whole)?.index ?? -1;
        expect(search.find(whole, from)).toBe(found);
        if (found >= 0) expect(search.canMatch(whole, from)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
