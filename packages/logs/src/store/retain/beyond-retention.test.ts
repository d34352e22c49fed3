import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beyondRetention } from './beyond-retention.ts';

describe('beyondRetention', () => {
  it('removes the oldest, as few as will do', () => {
    const sizes = fc.array(fc.nat(100), { maxLength: 20 });
    fc.assert(
      fc.property(
        sizes,
        fc.nat(100),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(1000),
        (list, live, maxFiles, most) => {
          const segments = list.map((bytes, index) => ({ stem: String(index), bytes }));
          const beyond = beyondRetention(segments, live, { maxFiles, maxTotalBytes: most });
          expect(beyond).toEqual(segments.slice(0, beyond.length));
          const fits = (from: number): boolean => {
            const kept = segments.slice(from);
            return (
              kept.length <= maxFiles &&
              live + kept.reduce((sum, { bytes }) => sum + bytes, 0) <= most
            );
          };
          expect(fits(beyond.length) || beyond.length === segments.length).toBe(true);
          expect(beyond.length === 0 || !fits(beyond.length - 1)).toBe(true);
        },
      ),
    );
  });

  it('has no limit of bytes unless one is set', () => {
    const segments = [{ stem: 'a', bytes: 1e15 }];
    expect(beyondRetention(segments, 0, { maxFiles: 1, maxTotalBytes: null })).toEqual([]);
  });
});
