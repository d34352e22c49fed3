import { expect, it } from 'vitest';
import { createJsonFrames } from './json-frames.ts';
import { parseBounded } from './json-scanner.ts';

const nested = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels));
/** An array whose values and itself are so many together. */
const wide = (values: number) => Buffer.from(`[${'[],'.repeat((values - 2) / 2)}[]]`);

const parsers = [
  ['in one piece', parseBounded],
  ['as a stream', (bytes: Buffer) => createJsonFrames(10_000_000).push(bytes)[0]],
] as const;

it.each(parsers)('takes 64 levels and no more, %s', (_, parse) => {
  expect(JSON.stringify(parse(nested(64)))).toBe(nested(64).toString());
  expect(() => parse(nested(65))).toThrow(new RangeError('more than 64 levels'));
});

it.each(parsers)('takes 100,000 values and no more, %s', (_, parse) => {
  expect(parse(wide(100_000))).toHaveLength(50_000);
  expect(() => parse(wide(100_002))).toThrow(new RangeError('more than 100000 values'));
});

it.each(parsers)('counts nothing inside of texts, %s', (_, parse) => {
  const text = JSON.stringify([`${'[{,'.repeat(50_000)}"\\`, '"', '\\']);
  expect(parse(Buffer.from(text))).toEqual(JSON.parse(text));
});

it('counts the values of each document of a stream by itself', () => {
  const frames = createJsonFrames(10_000_000);
  for (let round = 0; round < 3; round++) expect(frames.push(wide(90_000))).toHaveLength(1);
});
