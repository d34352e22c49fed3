import { describe, expect, it } from 'vitest';
import { plainText, shortened } from './plain-text.ts';

describe('plainText', () => {
  it('drops colours, control characters, marks of direction and halves of characters', () => {
    expect(plainText('\u001B[1;31mred\u001B[0m \u0007a\u202Eb\uD83D\u2028c\u0000')).toBe('red abc');
  });

  it('keeps any writing, and a tab as a blank', () => {
    expect(plainText('\tüber 東京 😀  ')).toBe(' über 東京 😀');
  });
});

describe('shortened', () => {
  it('keeps what fits', () => {
    expect(shortened('abcd', 4)).toBe('abcd');
  });

  it('says where something is left out, and cuts no character in two', () => {
    expect(shortened('abcde', 4)).toBe('abc…');
    expect(shortened('ab😀cd', 4)).toBe('ab…');
  });
});
