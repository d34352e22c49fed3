import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyAscii, viewOf } from './copy-ascii.ts';

it('copies the text that it is given, wherever it lies and whatever follows it', () => {
  const ascii = fc.string({ unit: 'binary-ascii', maxLength: 40 });
  const text = ascii.map((drawn) => drawn.replaceAll(/[^ -~]/g, '~'));
  const others = fc.uint8Array({ maxLength: 12 }).map((drawn) => Buffer.from(drawn));
  fc.assert(
    fc.property(text, others, others, fc.nat(9), (copied, before, behind, place) => {
      const source = Buffer.concat([before, Buffer.from(copied), behind]);
      const memory = Buffer.alloc(70, 0xff);
      const target = memory.subarray(2, 68);
      const from = before.length;
      const to = copyAscii(viewOf(target), place, viewOf(source), from, from + copied.length);
      expect(to).toBe(place + copied.length);
      expect(memory.toString('latin1', 2 + place, 2 + to)).toBe(copied);
      expect(memory.subarray(0, 2 + place).every((byte) => byte === 0xff)).toBe(true);
      expect(memory.subarray(2 + to + 7).every((byte) => byte === 0xff)).toBe(true);
    }),
  );
});
