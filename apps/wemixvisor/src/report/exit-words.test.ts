import { describe, expect, it } from 'vitest';
import { exitWords, tellingLine } from './exit-words.ts';

describe('exitWords', () => {
  it.each([
    [{ code: 0, signal: null }, 'with code 0'],
    [{ code: 143, signal: null }, 'with code 143'],
    [{ code: null, signal: 'SIGKILL' }, 'by SIGKILL'],
    [{ code: null, signal: null }, 'in an unknown way'],
  ])('says of %j: %s', (exit, words) => {
    expect(exitWords(exit)).toBe(words);
  });
});

describe('tellingLine', () => {
  it.each([
    [null, null],
    [{ last_line: null, diagnosis: null }, null],
    [{ last_line: 'bye', diagnosis: null }, 'bye'],
    [{ last_line: 'bye', diagnosis: { evidence: '' } }, 'bye'],
    [{ last_line: 'bye', diagnosis: { evidence: 'Fatal: no' } }, 'Fatal: no'],
  ])('is of %j: %j', (exit, line) => {
    expect(tellingLine(exit)).toBe(line);
  });
});
