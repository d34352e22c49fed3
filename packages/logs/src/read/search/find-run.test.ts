import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRun } from './find-run.ts';

const run = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 0x61 || byte === 0x62 ? 1 : 0));

describe('findRun', () => {
  it('finds the places that a regular expression finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'b', 'c'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 6 }), fc.nat(40), (bytes, least, from) => {
        const pattern = new RegExp(`[ab]{${least}}`, 'g');
        pattern.lastIndex = from;
        const found = findRun({ run, least }, Buffer.from(bytes), from);
        expect(found).toBe(pattern.exec(bytes)?.index ?? -1);
      }),
      { numRuns: 2000 },
    );
  });
});
