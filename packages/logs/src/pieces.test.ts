import fc from 'fast-check';
import { expect, it } from 'vitest';
import { overlapping, textPieces } from './pieces.ts';

const characters = fc.constantFrom('a', 'µ', '€', '𝄞', '\0').map((text) => Buffer.from(text));
const bytes = fc
  .oneof(characters, fc.uint8Array({ maxLength: 3 }))
  .map((part) => Buffer.from(part));
const pieces = fc.array(fc.array(bytes).map((parts) => Buffer.concat(parts)));

it('makes the same text of bytes, wherever they are cut', () => {
  fc.assert(
    fc.property(pieces, (cut) => {
      expect([...textPieces(cut)].join('')).toBe(Buffer.concat(cut).toString('utf8'));
    }),
    { numRuns: 1000 },
  );
});

it('cuts long bytes where no character is', () => {
  const text = 'µ€𝄞'.repeat(10_000);
  const parts = [...textPieces([Buffer.from(text)])];
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.join('')).toBe(text);
  expect(parts.some((part) => /\p{Surrogate}/u.test(part))).toBe(false);
});

it('shows all that is no longer than the overlap and a byte whole in some piece', () => {
  fc.assert(
    fc.property(pieces, fc.nat(6), (cut, bytesMore) => {
      const all = Buffer.concat(cut);
      const seen = [...overlapping(cut, bytesMore)].map((piece) => Buffer.from(piece));
      for (let at = 0; at + bytesMore < all.length; at += 1) {
        const part = all.subarray(at, at + bytesMore + 1);
        expect(seen.some((piece) => piece.includes(part))).toBe(true);
      }
    }),
  );
});
