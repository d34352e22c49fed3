import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { catchUp, chunkBytes } from './copy-live-file.ts';

const megabyte = 1024 * 1024;

/** A live file of these bytes that is found at these sizes, one a look, and what came to be in its copy. */
function growing(content: Buffer, sizes: readonly number[], mostWritten = Infinity) {
  const copied = Buffer.alloc(content.length);
  let looks = 0;
  const live = {
    stat: () => Promise.resolve({ size: sizes[looks++] }),
    read: (chunk: Buffer, offset: number, length: number, position: number) =>
      Promise.resolve({ bytesRead: content.copy(chunk, offset, position, position + length) }),
  } as unknown as FileHandle;
  const copy = {
    write(bytes: Buffer, offset: number, length: number, position: number) {
      if (offset + length > bytes.length) throw new RangeError('more than there is');
      const end = offset + Math.min(length, mostWritten);
      return Promise.resolve({ bytesWritten: bytes.copy(copied, position, offset, end) });
    },
  } as unknown as FileHandle;
  return { live, copy, copied, looks: () => looks };
}

describe('what is written while a live file is copied', () => {
  it('is copied from where the copy ends, in pieces of a chunk, as much as a call takes', async () => {
    const content = randomBytes(chunkBytes + 5_000);
    const { live, copy, copied } = growing(content, [content.length], 400_000);
    expect(await catchUp(live, copy, 1_000, 1)).toBe(content.length);
    expect(copied.subarray(1_000).equals(content.subarray(1_000))).toBe(true);
    expect(copied.subarray(0, 1_000).some((byte) => byte !== 0)).toBe(false);
  });

  it('is looked for again as long as much came, and no more rounds than are allowed', async () => {
    const content = randomBytes(15 * megabyte);
    const quick = growing(content, [5 * megabyte, 10 * megabyte, 14 * megabyte, 15 * megabyte]);
    expect(await catchUp(quick.live, quick.copy, 0, 6)).toBe(14 * megabyte);
    expect(quick.looks()).toBe(3);
    const quicker = growing(content, [5 * megabyte, 10 * megabyte, 15 * megabyte]);
    expect(await catchUp(quicker.live, quicker.copy, 0, 2)).toBe(10 * megabyte);
    expect(quicker.looks()).toBe(2);
  });

  it('ends where another program has cut the file meanwhile', async () => {
    const content = randomBytes(2_000);
    const { live, copy, copied } = growing(content, [3_000, 3_000]);
    expect(await catchUp(live, copy, 0, 6)).toBe(2_000);
    expect(copied.equals(content)).toBe(true);
  });
});
