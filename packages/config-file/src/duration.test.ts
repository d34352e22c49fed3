import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMilliseconds, writeDuration } from './duration.ts';

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

describe('writeDuration', () => {
  it('writes what is read back as it was', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), (n) => {
        expect(parseMilliseconds(writeDuration(n))).toBe(n);
      }),
    );
  });

  it.each([
    [0, '0'],
    [5_400_000, '1h30m'],
    [90_500, '1m30s500ms'],
    [86_400_000, '24h'],
  ])('writes %i milliseconds as %s', (milliseconds, text) => {
    expect(writeDuration(milliseconds)).toBe(text);
  });
});
