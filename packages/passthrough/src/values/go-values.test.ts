import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedInstead } from './check-value.ts';
import { parseGoBoolean, parseGoDuration, parseGoInteger } from './go-values.ts';

describe('parseGoBoolean', () => {
  it.each(['1', 't', 'T', 'true', 'TRUE', 'True'])('takes %s for true', (text) => {
    expect(parseGoBoolean(text)).toBe(true);
  });

  it.each(['0', 'f', 'F', 'false', 'FALSE', 'False'])('takes %s for false', (text) => {
    expect(parseGoBoolean(text)).toBe(false);
  });

  it.each(['', 'no', 'yes', 'on', 'tRUE', ' true'])('refuses %j', (text) => {
    expect(parseGoBoolean(text)).toBeUndefined();
  });
});

describe('parseGoInteger', () => {
  it.each([
    ['0', 0n],
    ['10', 10n],
    ['-5', -5n],
    ['+5', 5n],
    ['0x10', 16n],
    ['0X1F', 31n],
    ['0o17', 15n],
    ['017', 15n],
    ['0b101', 5n],
    ['1_000', 1000n],
    ['0x_ff', 255n],
    ['00', 0n],
  ])('reads %s', (text, value) => {
    expect(parseGoInteger(text)).toBe(value);
  });

  it.each(['', '-', '1_', '_1', '1__0', '08', '0x', '1.5', '1e3', 'abc', '٣', '2GB', ' 1'])(
    'refuses %j',
    (text) => {
      expect(parseGoInteger(text)).toBeUndefined();
    },
  );

  it('reads back every integer', () => {
    fc.assert(fc.property(fc.bigInt(), (value) => parseGoInteger(String(value)) === value));
  });

  it('refuses an absurdly long number without effort', () => {
    expect(parseGoInteger('9'.repeat(1_000_000))).toBeUndefined();
  });
});

describe('parseGoDuration', () => {
  it.each([
    ['0', 0],
    ['5s', 5000],
    ['1h0m0s', 3_600_000],
    ['1.5h', 5_400_000],
    ['-2m', -120_000],
    ['500ms', 500],
    ['.5s', 500],
    ['3us', 0.003],
  ])('reads %s', (text, milliseconds) => {
    expect(parseGoDuration(text)).toBeCloseTo(milliseconds, 9);
  });

  it.each(['', '5', 's', '5 s', '1d', '1h-5m', '.s'])('refuses %j', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});

describe('expectedInstead', () => {
  it.each([
    ['bool', 'no', 'true or false after an "="'],
    ['int', '9223372036854775808', 'a whole number'],
    ['uint64', '-1', 'a whole number, 0 or more'],
    ['uint64', '+1', 'a whole number, 0 or more'],
    ['bigint', '1_0', 'a whole number, decimal or with 0x'],
    ['float', '1,5', 'a number'],
    ['duration', '5', 'a duration with a unit, as 5s or 1h30m'],
  ] as const)('of %s refuses %s', (kind, text, expected) => {
    expect(expectedInstead(kind, text)).toBe(expected);
  });

  it.each([
    ['int', '-9223372036854775808'],
    ['uint64', '18446744073709551615'],
    ['bigint', '0xff'],
    ['bigint', ''],
    ['float', '1e-3'],
    ['float', 'inf'],
    ['string', ''],
    ['list', 'a,b'],
    ['path', ''],
  ] as const)('of %s accepts %j', (kind, text) => {
    expect(expectedInstead(kind, text)).toBeUndefined();
  });
});
