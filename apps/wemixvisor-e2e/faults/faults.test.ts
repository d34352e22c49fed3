import { describe, expect, it } from 'vitest';
import { planOf } from './plan.ts';
import { runRound } from './round.ts';
import { describeFailure } from './run-faults.ts';

/** Drawn once; together they kill during every action, and each recovery follows a kill. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('the short fault suite', () => {
  it.concurrent.each(seeds)('holds everything through the life of seed %i', async (seed) => {
    const report = await runRound(planOf(seed));
    expect(report.problem === null ? '' : describeFailure(report)).toBe('');
    expect(report.lines).toBeGreaterThan(0);
  });
});
