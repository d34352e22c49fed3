import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsRequired } from '../../../test/support/contains-required.ts';
import { compilePattern } from './pattern.ts';
import { requiredLiterals } from './required-literals.ts';
import type { Required } from './required.ts';

/** A short form: `a & b` for all of several, `a / b` for any of them, `a~` in either case. */
function short(required: Required | null): string {
  if (required === null) return '-';
  if ('text' in required) return required.ignoreCase === true ? `${required.text}~` : required.text;
  if ('run' in required) {
    const row = Array.from(required.run.keys()).filter((byte) => required.run[byte] === 1);
    return `${required.least} × ${Buffer.from(row).toString()}`;
  }
  const [parts, sign] = 'all' in required ? [required.all, ' & '] : [required.any, ' / '];
  return `(${parts.map(short).join(sign)})`;
}

describe('requiredLiterals', () => {
  it.each([
    ['peercount=[0-4] tried=[0-9]+', '(peercount= &  tried=)'],
    ['^WARN.*disk', '(WARN & disk)'],
    ['abcdefs?xyz', '(abcdef & xyz)'],
    ['abcd{2,3}efgh', '(abcd & defgh)'],
    ['abcd{0,3}efgh', '(abc & efgh)'],
    ['abc{}d', 'abc{}d'],
    ['a.bcde+f', '(bcde & ef)'],
    ['[x]{4,9}tail', '(4 × x & tail)'],
    ['[A-D]{5,}', '5 × ABCD'],
    ['\\d{4}ms', '(4 × 0123456789 & ms)'],
    ['([ab]{3}){2}[ab]{2}', '3 × ab'],
    ['a[^b]{9}[µ]{9}.{9}(?![a]{3})cd', 'cd'],
    ['\\d+ms elapsed', 'ms elapsed'],
    ['a\\.b\\[c', 'a.b[c'],
    ['\\\\d', '\\d'],
    ['µµµµ.', 'µµµµ'],
    ['𝄞𝄞𝄞𝄞?', '𝄞𝄞𝄞'],
    ['𝄞𝄞𝄞𝄞+x', '𝄞𝄞𝄞'],
    ['a\ufffdbc', 'bc'],
    ['(abcd)', 'abcd'],
    ['x=(abcd|efgh)*yz', '(x= & yz)'],
    ['x=(abcd|efgh)+?yz', '(x= & (abcd / efgh) & yz)'],
    ['x=(?<name>abcd|e.)yz', '(x= & yz)'],
    ['ab(?!cd)(?<=ef)(?=gh)ij', '(ab & ij)'],
    ['ab(?:cd(?:ef)?){2}', '(ab & cd)'],
    ['ab(?:cd){0}', 'ab'],
    ['(ab)\\1cd', '(ab & cd)'],
    ['abcd|ef', '(abcd / ef)'],
    ['abcd|[0-9]efgh.|i+jk', '(abcd / efgh / ijk)'],
  ])('of %s are %s', (source, expected) => {
    expect(short(requiredLiterals(compilePattern(source)))).toBe(expected);
  });

  it.each(['|abcd', '(?:abcd)?', 'a', 'a*', '\\w+', '\\d\\d', 'abcd|[0-9]', '(|ab)', '(?=ab)', ''])(
    'of %s are none',
    (source) => {
      expect(requiredLiterals(compilePattern(source))).toBeNull();
    },
  );

  it('are in either case where the pattern is, as far as it is ASCII, and none of code points', () => {
    const either = requiredLiterals(compilePattern('abc.dµef', { ignoreCase: true }));
    expect(short(either)).toBe('(abc~ & ef~)');
    expect(requiredLiterals(compilePattern(/abcd./u))).toBeNull();
  });

  it('stand in every text that matches', () => {
    const atom = fc.constantFrom('a', 'b', 'ab', '.', '[ab]', '\\.', '(?:ab|b)', '(a|)', '^', '$');
    const piece = fc
      .tuple(atom, fc.constantFrom('', '', '?', '*', '+', '{2}', '{3,}', '{0,1}', '+?'))
      .map(([text, quantifier]) => (/^[$^]$/.test(text) ? text : text + quantifier));
    const source = fc
      .array(fc.array(piece, { maxLength: 5 }), { minLength: 1, maxLength: 2 })
      .map((alternatives) => alternatives.map((pieces) => pieces.join('')).join('|'));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'A'), maxLength: 8 });
    fc.assert(
      fc.property(source, text, fc.boolean(), (from, line, ignoreCase) => {
        const pattern = compilePattern(from, { ignoreCase });
        const required = requiredLiterals(pattern);
        if (required !== null && pattern.test(line))
          expect(containsRequired(line, required)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
