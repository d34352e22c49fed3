import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

describe('the backoff', () => {
  it.each([
    [1, 0, 0, 1_000],
    [2, 0, 0, 2_000],
    [1, 1, 0, 1_500],
    [30, 0, 0, 300_000],
    [1, 0, 9_000, 9_000],
    [1, 0, 9_000_000, 300_000],
  ])('after %i attempts with chance %i and a wish for %i is %i', (attempts, chance, wish, wait) => {
    expect(backoff(attempts, chance, wish)).toBe(wait);
  });
});
