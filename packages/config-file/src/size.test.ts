import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBytes, writeSize } from './size.ts';

describe('parseBytes', () => {
  it.each([
    ['0', 0],
    ['1048576', 1_048_576],
    ['10B', 10],
    ['500KB', 500_000],
    ['1.5KiB', 1536],
    ['100MiB', 104_857_600],
    ['2GiB', 2_147_483_648],
  ])('reads %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'MiB', '-1', '1TB', '1 mib', '1e3', '9'.repeat(30)])('refuses %j', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });
});

describe('writeSize', () => {
  it('writes what is read back as it was', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), (n) => {
        expect(parseBytes(writeSize(n))).toBe(n);
      }),
    );
  });

  it.each([
    [0, '0'],
    [1, '1'],
    [4096, '4 KiB'],
    [104_857_600, '100 MiB'],
    [3 * 1024 ** 3, '3 GiB'],
  ])('writes %i bytes as %s', (bytes, text) => {
    expect(writeSize(bytes)).toBe(text);
  });
});
