import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { requiredLiteral } from './required-literal.ts';

describe('requiredLiteral', () => {
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
    expect(requiredLiteral(compilePattern(source))).toBe(literal.length < 4 ? null : literal);
  });

  it.each(['abcd|efgh', '(?:abcd)?', '(abcd)', 'ab', 'a*', '\\w+', '\\\\d'])(
    'of %s is none',
    (source) => {
      expect(requiredLiteral(compilePattern(source))).toBeNull();
    },
  );

  it('is none in either case, and none of code points', () => {
    expect(requiredLiteral(compilePattern('abcd.', { ignoreCase: true }))).toBeNull();
    expect(requiredLiteral(compilePattern(/abcd./u))).toBeNull();
  });
});
