import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { createDataMeter } from './data-meter.ts';

const mebibyte = 1024 ** 2;

it('measures a folder in the background, and again after an hour', async () => {
  await using folder = await temporaryDirectory();
  const data = join(folder.path, 'data');
  mkdirSync(join(data, 'geth', 'chaindata'), { recursive: true });
  const write = (name: string) =>
    writeFileSync(join(data, 'geth', 'chaindata', name), Buffer.alloc(mebibyte, 1));
  write('1.sst');
  writeFileSync(join(folder.path, 'other'), Buffer.alloc(9 * mebibyte, 1));
  symlinkSync(folder.path, join(data, 'loop'));
  let now = 0;
  const meter = createDataMeter(() => now);
  expect(meter(data)).toBeNull();
  const first = await waitFor(() => meter(data));
  expect(Math.round(first.dataBytes / mebibyte)).toBe(1);
  expect(first.sizeBytes).toBeGreaterThan(100 * mebibyte);
  write('2.sst');
  now = 3_599_999;
  expect(meter(data)).toBe(first);
  now = 3_600_000;
  expect(meter(data)).toBe(first);
  const second = await waitFor(() => [meter(data)].find((size) => size !== first));
  expect(Math.round(second.dataBytes / mebibyte)).toBe(2);
});

it('knows nothing of no folder, of one that is not there, and of another one', async () => {
  await using folder = await temporaryDirectory();
  const meter = createDataMeter();
  expect(meter(null)).toBeNull();
  expect(meter(folder.path)).toBeNull();
  await waitFor(() => meter(folder.path));
  const missing = join(folder.path, 'missing');
  expect(meter(missing)).toBeNull();
  await new Promise((resolve) => setImmediate(resolve));
  expect(meter(missing)).toBeNull();
  await waitFor(() => meter(folder.path));
});
