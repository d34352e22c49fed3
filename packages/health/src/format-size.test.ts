import { expect, it } from 'vitest';
import { formatSize } from './format-size.ts';

it.each([
  [0, '0 MiB'],
  [900 * 1024 ** 2, '900 MiB'],
  [20 * 1024 ** 2 - 1, '19.9 MiB'],
  [1024 ** 3, '1 GiB'],
  [2 * 1024 ** 3 - 1, '1.9 GiB'],
  [70 * 1024 ** 3, '70 GiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
