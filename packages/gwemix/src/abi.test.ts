import { describe, expect, it } from 'vitest';
import { contractCall, nameWord, readAnswer, word } from './abi.ts';

describe('a call of a contract', () => {
  it('has the selector and one word for each argument', () => {
    const { params } = contractCall('0xab', 'getBallotBasic(uint256)', word(255));
    expect(params).toEqual([{ to: '0xab', data: `0x02b385fb${'0'.repeat(62)}ff` }, 'latest']);
    expect(word('0xAB')).toBe(`${'0'.repeat(62)}ab`);
    expect(nameWord('Gov')).toBe(`476f76${'0'.repeat(58)}`);
  });
});

describe('an answer of a contract', () => {
  it('is taken apart by its words', () => {
    const answer = readAnswer(`0x${word(32)}${word(2)}6869${'0'.repeat(60)}`);
    expect(answer?.text(0)).toBe('hi');
    expect(answer?.bytes(0)).toBe('6869');
    expect(answer?.number(1)).toBe(2);
    expect(answer?.flag(1)).toBe(true);
    expect(answer?.address(1)).toBe(`0x${'0'.repeat(39)}2`);
  });

  it('that is shorter than it says has nothing', () => {
    const answer = readAnswer(`0x${word(32)}${'f'.repeat(64)}`);
    expect(answer?.bytes(0)).toBeNull();
    expect(answer?.number(1)).toBeNull();
    expect(answer?.address(2)).toBeNull();
    expect(answer?.hex(2)).toBeNull();
    expect(answer?.flag(2)).toBeNull();
    expect(answer?.text(7)).toBeNull();
  });

  it('of nobody is none', () => {
    expect(readAnswer('0x')).toBeNull();
    expect(readAnswer(null)).toBeNull();
    expect(readAnswer('0x12')).toBeNull();
  });
});
