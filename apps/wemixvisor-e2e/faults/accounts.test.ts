import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { lifeProblems, logProblems, readLives, type Life } from './accounts.ts';

const life = (changes: Partial<Life> = {}): Life => ({
  name: '7-1',
  lines: 3,
  terms: 0,
  collided: false,
  ...changes,
});
const logOf = (...numbers: readonly number[]) =>
  numbers.map((number) => `life 7-1 line ${number} xxx\n`).join('');

describe('the account of a log', () => {
  it('is right when every line is there once and in order', () => {
    expect(logProblems(logOf(1, 2, 3), [life()])).toEqual([]);
  });

  it('allows one line that its writer could not note any more', () => {
    expect(logProblems(logOf(1, 2, 3, 4), [life()])).toEqual([]);
    expect(logProblems(logOf(1, 2, 3, 4, 5), [life()])).toHaveLength(1);
  });

  it('keeps the lives apart', () => {
    const mixed = `${logOf(1)}life 8-2 line 1 x\n${logOf(2, 3)}`;
    expect(logProblems(mixed, [life(), life({ name: '8-2', lines: 1 })])).toEqual([]);
  });

  it.each([
    ['a lost line', logOf(1, 3), 'line 3 follows line 1'],
    ['a doubled line', logOf(1, 2, 2, 3), 'line 2 follows line 2'],
    ['lines out of order', logOf(2, 1, 3), 'line 2 follows line 0'],
    ['a lost end', logOf(1, 2), 'wrote 3 lines, the log ends at 2'],
    ['a torn line', `${logOf(1, 2, 3)}ife 7-1 line 4 x\n`, 'a line that nobody wrote'],
    ['a life that never was', `${logOf(1, 2, 3)}life 9-9 line 1 x\n`, 'never lived'],
  ])('finds %s', (_, log, problem) => {
    expect(logProblems(log, [life()]).join()).toContain(problem);
  });

  it('finds two lives at once, and a node that was asked to end again and again', () => {
    expect(lifeProblems([life({ terms: 2 })])).toEqual([]);
    expect(lifeProblems([life({ terms: 3 }), life({ collided: true })])).toHaveLength(2);
  });

  it('reads what the lives noted', async () => {
    await using directory = await temporaryDirectory();
    const folder = join(directory.path, 'lives');
    mkdirSync(folder);
    writeFileSync(join(folder, '7-1'), '12\n');
    writeFileSync(join(folder, '7-1.terms'), '..');
    writeFileSync(join(folder, '8-2'), '');
    writeFileSync(join(folder, '8-2.collision'), '');
    expect(readLives(folder)).toEqual([
      { name: '7-1', lines: 12, terms: 2, collided: false },
      { name: '8-2', lines: 0, terms: 0, collided: true },
    ]);
  });
});
