import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureOf } from './measure.ts';

describe('measureOf', () => {
  it.each([
    ['24583127', 'number', 24583127],
    ['24,583,127', 'number', 24583127],
    ['-1,234.5', 'number', -1234.5],
    ['21.482', 'number', 21.482],
    ['1e3', 'number', 1000],
    ['0', 'number', 0],
    ['214.862ms', 'duration', 214.862],
    ['421.913µs', 'duration', 0.421913],
    ['5ns', 'duration', 0.000005],
    ['3m12s', 'duration', 192_000],
    ['11h34m51s', 'duration', 41_691_000],
    ['1y2mo3w', 'duration', 38_102_400_000],
    ['0s', 'duration', 0],
    ['3.61GiB', 'size', 3.61 * 1024 ** 3],
    ['12.34 MiB', 'size', 12.34 * 1024 ** 2],
    ['0.00B', 'size', 0],
    ['2GB', 'size', 2e9],
    ['4kB', 'size', 4000],
  ])('reads %s as a %s of %d', (text, kind, value) => {
    const measure = measureOf(text);
    expect(measure?.kind).toBe(kind);
    expect(measure?.value).toBeCloseTo(value, 9);
  });

  it.each([
    '',
    '-',
    'a',
    '1,23',
    '1234,567',
    '1,234,56',
    ',123',
    '1.16.9',
    '127.0.0.1:8545',
    '0x5f3a91bd',
    '08d12d..f81d86',
    '12 ms',
    '3 apples',
    '1h ',
    '5s3',
    'true',
    '2026-03-03',
    '1e',
    '1,',
    '5GiBs',
    '2B2B',
  ])('finds no measure in %j', (text) => {
    expect(measureOf(text)).toBeNull();
  });

  it('reads every number with and without separators as JavaScript does', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(999), (whole, decimals) => {
        const short = Math.trunc(whole / 2 ** 20);
        const plain = `${short}.${String(decimals).padStart(3, '0')}`;
        const [integer = '', rest = ''] = plain.split('.');
        const grouped = `${integer.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
        for (const text of [plain, grouped]) {
          expect(measureOf(text)).toEqual({ kind: 'number', value: Number(plain) });
        }
      }),
    );
  });

  it('adds the parts of a duration', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(59), fc.nat(59), (hours, minutes, seconds) => {
        const value = ((hours * 60 + minutes) * 60 + seconds) * 1000;
        expect(measureOf(`${hours}h${minutes}m${seconds}s`)).toEqual({ kind: 'duration', value });
      }),
    );
  });
});
