import { expect, it } from 'vitest';
import { checkDiskForecast } from './disk-forecast.ts';

it('warns of a disk that is full within a week', () => {
  const day = 86_400_000;
  expect(checkDiskForecast(7 * day + 1)).toEqual([]);
  expect(checkDiskForecast(2.5 * day)).toEqual([
    {
      check: 'disk',
      severity: 'warning',
      message: "at the rate of the last hours the disk of the node's data is full in 2d 12h",
      remedy: 'make room, or prune the node',
    },
  ]);
});
