import { expect, it } from 'vitest';

import { formatDuration } from './format-duration.ts';

it.each([
  [-5, '0s'],
  [45_400, '45s'],
  [60_000, '1m'],
  [3_599_000, '59m'],
  [7_200_000, '2h'],
  [7_500_000, '2h 5m'],
  [273_600_000, '3d 4h'],
])('puts %d ms in words', (milliseconds, words) => {
  expect(formatDuration(milliseconds)).toBe(words);
});
