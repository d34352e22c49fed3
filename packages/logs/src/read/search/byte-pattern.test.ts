import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytePattern } from './byte-pattern.ts';
import { compilePattern } from './pattern.ts';

const sources = [
  'peers=\\d+',
  'a|b',
  '(?:é|a)+b',
  '\\ba\\b',
  '\\sa',
  '\\S+\\s\\S+',
  '[^a]+b',
  '^a.*b$',
  '^[a-c ]+$',
  'µ*b',
  '\\.a',
  '(?!.*a)b',
  '[ab]{2}',
  '^[ab]{2,}?b$',
  '\\w{2}?\\d',
  '^(?:[ab4]{3}=)+$',
  '[b4]{2,} |a{2}',
];

describe('bytePattern', () => {
  it.each(sources)('finds in bytes what %s finds in text', (source) => {
    const character = fc.constantFrom('a', 'b', ' ', '.', 'é', 'à', 'µ', '\u00a0', '𝄞', '4', '=');
    fc.assert(
      fc.property(fc.array(character), fc.boolean(), (characters, ignoreCase) => {
        const text = characters.join('');
        const pattern = compilePattern(source, { ignoreCase });
        const inBytes = bytePattern(pattern);
        if (inBytes === null) expect(ignoreCase && /[éµ]/.test(source)).toBe(true);
        else expect(inBytes.test(Buffer.from(text).toString('latin1'))).toBe(pattern.test(text));
      }),
    );
  });

  it.each(['a.b', 'a[^b]c', '[é]', '[\\u00e9]', '\\u00e9', '(a)\\1', '\\W', 'é.'])(
    'leaves %s alone, which counts characters or names some in another way',
    (source) => {
      expect(bytePattern(compilePattern(source))).toBeNull();
    },
  );

  it('leaves patterns of code points alone', () => {
    expect(bytePattern(compilePattern(/a/u))).toBeNull();
  });
});
