import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createJsonFrames } from './json-frames.ts';

// Shallow and few: generating deep values takes far longer than reading them.
const json = fc.jsonValue({ maxDepth: 1 });
const container = fc.oneof(
  fc.array(json, { maxLength: 4 }),
  fc.dictionary(fc.string(), json, { maxKeys: 4 }),
);

it('finds every value again, wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(container, fc.constantFrom('', '\n', ' \r\n\t')), { maxLength: 5 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (sent, sizes) => {
        const texts = sent.map(([value, blank]) => JSON.stringify(value) + blank);
        const bytes = Buffer.from(texts.join(''));
        const frames = createJsonFrames(1_000_000);
        const seen: unknown[] = [];
        for (let at = 0; at < bytes.length;) {
          const size = Number(sizes.next().value);
          seen.push(...frames.push(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(seen).toEqual(texts.map((text): unknown => JSON.parse(text)));
      },
    ),
  );
});

it.each(['null', '"text"', '12', '}', '<html>', '\u0000'])('refuses %j', (text) => {
  expect(() => createJsonFrames(100).push(Buffer.from(text))).toThrow(SyntaxError);
});

it('refuses brackets that do not match', () => {
  expect(() => createJsonFrames(100).push(Buffer.from('{"a":1]'))).toThrow(SyntaxError);
});

it('takes a value up to the limit and none above it, in one piece or in many', () => {
  const text = JSON.stringify(['x'.repeat(96)]);
  expect(text).toHaveLength(100);
  expect(createJsonFrames(100).push(Buffer.from(text))).toEqual([['x'.repeat(96)]]);
  expect(() => createJsonFrames(99).push(Buffer.from(text))).toThrow(RangeError);
  const frames = createJsonFrames(99);
  frames.push(Buffer.from(text.slice(0, 60)));
  expect(() => frames.push(Buffer.from(text.slice(60)))).toThrow(RangeError);
});

it('counts each value by itself', () => {
  const frames = createJsonFrames(100);
  for (let round = 0; round < 10; round++) {
    expect(frames.push(Buffer.from(`["${'x'.repeat(80)}"]`))).toHaveLength(1);
  }
});
