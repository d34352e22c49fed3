import { tmpdir } from 'node:os';

import { expect, it } from 'vitest';

import { freeDiskBytes } from './free-disk.ts';

it('tells the free space of a folder', async () => {
  expect(await freeDiskBytes(tmpdir(), 5_000)).toBeGreaterThan(0);
});

it('counts the blocks that an ordinary user may fill', async () => {
  const stat = () => Promise.resolve({ bavail: 3, bsize: 4_096 });
  expect(await freeDiskBytes('/data', 5_000, stat)).toBe(12_288);
});

it('knows nothing of a folder that does not exist', async () => {
  expect(await freeDiskBytes('/nonexistent/data', 5_000)).toBeNull();
});

it('does not wait for a file system that hangs, nor ask it twice', async () => {
  let asks = 0;
  const hangs = () => {
    asks += 1;
    return new Promise<never>(() => undefined);
  };
  expect(await freeDiskBytes('/mnt/hangs', 1, hangs)).toBeNull();
  expect(await freeDiskBytes('/mnt/hangs', 1, hangs)).toBeNull();
  expect(asks).toBe(1);
});
