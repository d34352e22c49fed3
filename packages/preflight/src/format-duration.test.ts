import { expect, it } from 'vitest';
import { formatDuration } from './format-duration.ts';

it.each([
  [0, 'less than 1s'],
  [999, 'less than 1s'],
  [1_000, '1s'],
  [60_000, '1m'],
  [90_000, '1m 30s'],
  [3_600_000, '1h'],
  [3_661_000, '1h 1m'],
  [86_400_000 * 2 + 5, '2d'],
  [86_400_000 * 1.5, '1d 12h'],
])('has %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
