import { describe, expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

const names = ['start', 'stop', 'restart', 'status'];

describe('didYouMean', () => {
  it.each([
    ['strat', ': did you mean start?'],
    ['statsu', ': did you mean status?'],
    ['restrat', ': did you mean restart?'],
    ['stauts', ': did you mean status?'],
    ['STATUS', ': did you mean status?'],
    ['st', ': did you mean start or stop or status?'],
    ['sta', ': did you mean start or status?'],
    ['resta', ': did you mean restart?'],
    ['s', ''],
    ['upgrade', ''],
    ['', ''],
  ])('says of %j: %j', (word, words) => {
    expect(didYouMean(word, names)).toBe(words);
  });
});
