import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigest } from './digest.ts';

const digestOf = (values: readonly number[]) => {
  const digest = createDigest();
  for (const value of values) digest.add(value);
  return digest;
};

describe('createDigest', () => {
  it('knows nothing of no values', () => {
    expect(digestOf([]).at(0.5)).toBeNaN();
  });

  it('is within 1 % of every percentile', () => {
    const value = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
      fc.constant(0),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, part) => {
          const digest = digestOf(values);
          const sorted = values.map((given) => given + 0).toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(part * values.length)) - 1] ?? 0;
          expect(Math.abs(digest.at(part) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0101);
          expect([digest.min, digest.max, digest.count]).toEqual([
            sorted[0],
            sorted.at(-1),
            values.length,
          ]);
        },
      ),
    );
  });

  it('merges the smallest values where their spread has no end, and keeps the large ones right', () => {
    const values = Array.from({ length: 4000 }, (_, at) => 1.05 ** (at - 2000));
    const digest = digestOf(values);
    expect(digest.count).toBe(4000);
    expect(digest.at(0.9) / (values[3599] ?? 0)).toBeCloseTo(1, 1);
  });
});
