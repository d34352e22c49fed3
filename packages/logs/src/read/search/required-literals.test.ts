import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { requiredLiterals } from './required-literals.ts';

describe('requiredLiterals', () => {
  it.each([
    ['peercount=[0-4] tried=[0-9]+', 'peercount='],
    ['^WARN.*disk', 'WARN'],
    ['abcdefs?xyz', 'abcdef'],
    ['abcd{2,3}efgh', 'efgh'],
    ['a.bcde+', 'bcd'],
    ['[x]{4,9}tail', 'tail'],
    ['\\d+ms elapsed', 'ms elapsed'],
    ['µµµµ.', 'µµµµ'],
    ['𝄞𝄞𝄞𝄞?', '𝄞𝄞𝄞'],
  ])('of %s is %j', (source, literal) => {
    expect(requiredLiterals(compilePattern(source))).toEqual(literal.length < 4 ? null : [literal]);
  });

  it.each(['abcd|ef', '|abcd', '(?:abcd)?', 'x(abcd|efgh)', '(abcd)', 'ab', 'a*', '\\w+', '\\\\d'])(
    'of %s is none',
    (source) => {
      expect(requiredLiterals(compilePattern(source))).toBeNull();
    },
  );

  it('of alternatives is one of each', () => {
    expect(requiredLiterals(compilePattern('abcd|[0-9]efgh.|i+jklm|nopq?rs'))).toBeNull();
    const literals = ['abcd', 'efgh', 'jklm', 'nopqr'];
    expect(requiredLiterals(compilePattern('abcd|[0-9]efgh.|i+jklm|nopqrs?'))).toEqual(literals);
  });

  it('is none in either case, and none of code points', () => {
    expect(requiredLiterals(compilePattern('abcd.', { ignoreCase: true }))).toBeNull();
    expect(requiredLiterals(compilePattern(/abcd./u))).toBeNull();
  });
});
