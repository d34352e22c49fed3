import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMilliseconds } from './duration.ts';

describe('parseMilliseconds', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['0', 0],
    ['0s', 0],
  ])('reads %s', (text, milliseconds) => {
    expect(parseMilliseconds(text)).toBe(milliseconds);
  });

  it.each(['', '5', 'abc', '-5s', '5 m', '5x', '30s later', '1e3s', `${'9'.repeat(400)}d`])(
    'refuses %j',
    (text) => {
      expect(parseMilliseconds(text)).toBeUndefined();
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMilliseconds(text)));
  });
});
