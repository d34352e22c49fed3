import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyAscii, viewOf } from './copy-ascii.ts';

it('copies just the bytes that it is given, wherever they lie', () => {
  const text = fc
    .string({ unit: 'binary-ascii', maxLength: 40 })
    .map((drawn) => drawn.replaceAll('\u007f', '~'));
  fc.assert(
    fc.property(text, fc.nat(9), fc.nat(9), (copied, before, place) => {
      const source = Buffer.from(`${'<'.repeat(before)}${copied}`);
      const memory = Buffer.alloc(60, 0xff);
      const target = memory.subarray(2, 58);
      const to = copyAscii(viewOf(target), place, viewOf(source), before, source.length);
      expect(to).toBe(place + copied.length);
      const expected = Buffer.alloc(60, 0xff);
      expected.write(copied, 2 + place, 'latin1');
      expect(memory.equals(expected)).toBe(true);
    }),
  );
});
