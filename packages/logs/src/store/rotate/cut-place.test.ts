import { describe, expect, it } from 'vitest';
import { cutPlace } from './cut-place.ts';

const mebibyte = 1024 * 1024;

/** The cut in a copy of so many bytes, with line ends before some places. */
function cutOf(copied: number, lineEnds: readonly number[], unit = 4096): number {
  const readSync = (
    _: number,
    target: Buffer,
    offset: number,
    length: number,
    position: number,
  ): number => {
    target.fill(lineEnds.includes(position + 1) ? '\n' : 'x', offset, offset + length);
    return length;
  };
  return cutPlace({ readSync }, 3, copied, unit);
}

describe('cutPlace', () => {
  it.each([
    ['nothing of a block', 4096, [4096], 0],
    ['the block before one more byte', 4097, [], 4096],
    ['the last whole block', 40_000, [], 36_864],
    ['the last block with which a line ends', 40_000, [28_672, 32_768, 33_000], 32_768],
    ['no block before the last quarter', 40_000, [4096, 24_576], 36_864],
    ['a block 4 MiB before the last', 80 * mebibyte + 1, [76 * mebibyte], 76 * mebibyte],
    ['none further away', 80 * mebibyte + 1, [76 * mebibyte - 4096], 80 * mebibyte],
  ])('cuts %s', (_, copied, lineEnds, place) => {
    expect(cutOf(copied, lineEnds)).toBe(place);
  });

  it('cuts in units of the file system', () => {
    expect(cutOf(200_000, [131_072 + 4096], 65_536)).toBe(196_608);
  });
});
