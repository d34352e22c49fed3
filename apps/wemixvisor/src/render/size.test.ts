import { expect, it } from 'vitest';
import { renderSize } from './size.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [104_857_600, '100 MiB'],
  [70 * 1024 ** 3, '70 GiB'],
  [2 ** 50 * 3, '3072 TiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(renderSize(bytes)).toBe(text);
});
