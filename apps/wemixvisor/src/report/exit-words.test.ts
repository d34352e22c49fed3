import { describe, expect, it } from 'vitest';
import { exitWords } from './exit-words.ts';

describe('exitWords', () => {
  it.each([
    [{ code: 0, signal: null }, 'with code 0'],
    [{ code: 143, signal: null }, 'with code 143'],
    [{ code: null, signal: 'SIGKILL' }, 'by SIGKILL'],
    [{ code: null, signal: null }, 'in an unknown way'],
  ])('says of %j: %s', (exit, words) => {
    expect(exitWords(exit)).toBe(words);
  });
});
