import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeRate } from './change-rate.ts';

/** A value every 5 seconds. */
const rate = (values: readonly (number | null)[], heldMs = 0) =>
  changeRate({ times: values.map((_, at) => at * 5_000), values }, heldMs);

describe('the rate of a counter', () => {
  it('is its change over the known values', () => {
    expect(rate([null, 100, null, 105, 110, null])).toBeCloseTo(10 / 15);
    expect(rate([100, 90])).toBeCloseTo(-2);
  });

  it('is unknown where less than two values are', () => {
    expect([rate([]), rate([null]), rate([null, 7, null])]).toEqual([null, null, null]);
  });

  it('goes from change to change where values are held', () => {
    // Read every 30 s, 12 at a time; the first and the last reading are cut.
    const held = Array.from({ length: 40 }, (_, at) => 12 * Math.floor((at + 2) / 6));
    expect(rate(held, 30_000)).toBeCloseTo(12 / 30);
  });

  it('is zero only for a counter that stood for longer than it is held', () => {
    expect(rate([5, 5, 5, 5], 30_000)).toBeNull();
    expect(
      rate(
        Array.from({ length: 20 }, () => 5),
        30_000,
      ),
    ).toBe(0);
    expect(rate([5, 5])).toBe(0);
    expect(rate([5, 5, 9, 9], 30_000)).toBeNull();
  });

  it('counts in a counter that has come to a stand', () => {
    const stopped = Array.from({ length: 41 }, (_, at) => Math.min(at, 20));
    expect(rate(stopped, 5_000)).toBeCloseTo(20 / 200, 2);
  });

  it('is right however the readings lie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 11 }), (every, begin) => {
        const values = Array.from(
          { length: 120 },
          (_, at) => every * Math.floor((at + begin) / every),
        );
        expect(rate(values, every * 5_000)).toBeCloseTo(1 / 5);
      }),
    );
  });
});
