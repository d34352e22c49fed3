import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeGrid } from './time-grid.ts';

describe('createTimeGrid', () => {
  it('is empty at first', () => {
    expect(createTimeGrid(2)).toMatchObject({ length: 0, startMs: NaN });
  });

  it('counts every moment in its bucket, in whatever order they come and however far they spread', () => {
    const time = fc.integer({ min: Date.UTC(2000), max: Date.UTC(2040) });
    const near = fc.nat(10_000_000).map((ms) => Date.UTC(2026) + ms);
    const added = fc.array(fc.tuple(fc.oneof(near, time), fc.nat(2)), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(added, (entries) => {
        const grid = createTimeGrid(3);
        for (const [ms, row] of entries) grid.add(ms, row);
        const expected = new Map<string, number>();
        for (const [ms, row] of entries) {
          const key = `${Math.floor((ms - grid.startMs) / grid.widthMs)}:${row}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        let total = 0;
        for (let bucket = 0; bucket < grid.length; bucket += 1) {
          for (let row = 0; row < 3; row += 1) {
            const count = grid.count(bucket, row);
            total += count;
            expect(count).toBe(expected.get(`${bucket}:${row}`) ?? 0);
          }
        }
        expect(total).toBe(entries.length);
      }),
      { numRuns: 50 },
    );
  });
});
