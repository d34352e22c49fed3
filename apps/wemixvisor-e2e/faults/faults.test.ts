import { describe, expect, it } from 'vitest';
import { faultNames } from './fault.ts';
import { planOf } from './plan.ts';
import { runRound } from './round.ts';
import { describeFailure } from './run-faults.ts';

/** Chosen once: together they come to every fault, to a kill of the supervisor in every action, and to every wrapper. */
const seeds = [
  ...[22, 25, 45, 94, 193, 262, 265, 318, 378, 403],
  ...[508, 540, 610, 614, 616, 618, 645, 678, 699, 741],
];

describe('the short fault suite', () => {
  it('comes to every fault', () => {
    const names = seeds.flatMap((seed) => planOf(seed).steps.map(({ fault }) => fault?.name));
    expect(names).toEqual(expect.arrayContaining([...faultNames]));
  });

  it.concurrent.each(seeds)('holds everything through the life of seed %i', async (seed) => {
    const report = await runRound(planOf(seed));
    expect(report.problem === null ? '' : describeFailure(report)).toBe('');
    expect(report.lines).toBeGreaterThan(0);
  });
});
