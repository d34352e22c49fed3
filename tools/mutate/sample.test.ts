import { describe, expect, it } from 'vitest';
import { sampleOf } from './sample.mjs';

const items = Array.from({ length: 100 }, (_, at) => at);
const sample = (count: number, seed: string) => [
  ...sampleOf(items, { count, seed, keyOf: String }),
];

describe('sampleOf', () => {
  it('keeps as many as asked for', () => {
    expect(new Set(sample(20, '1')).size).toBe(20);
  });

  it('keeps all where there are fewer', () => {
    expect(sample(200, '1').sort((a, b) => a - b)).toEqual(items);
  });

  it('keeps the same ones for the same seed and others for another', () => {
    expect(sample(20, '1')).toEqual(sample(20, '1'));
    expect(sample(20, '2')).not.toEqual(sample(20, '1'));
  });
});
