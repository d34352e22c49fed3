import { describe, expect, it } from 'vitest';
import { faultNames } from './fault.ts';
import { planOf } from './plan.ts';
import { runRound } from './round.ts';
import { describeFailure } from './run-faults.ts';

/** Chosen once: together they come to every fault, place and wrapper, and to a kill of the supervisor in every action. */
const seeds = [
  ...[13, 35, 193, 270, 571, 768, 1026],
  ...[1140, 2173, 3829, 13_206, 14_104, 29_727, 36_133],
];

describe('the short fault suite', () => {
  it('comes to every fault, place and wrapper, and kills the supervisor in every action', () => {
    const plans = seeds.map((seed) => planOf(seed));
    const hits = plans.flatMap(({ steps }) =>
      steps.map(({ action, fault }) => ({ action, name: fault?.name })),
    );
    expect(hits.map(({ name }) => name)).toEqual(expect.arrayContaining([...faultNames]));
    const kills = hits.filter(({ name }) => name === 'kill-supervisor');
    expect(new Set(kills.map(({ action }) => action)).size).toBe(6);
    expect(new Set(plans.map(({ place }) => place)).size).toBe(3);
    expect(new Set(plans.map(({ wrapper }) => wrapper)).size).toBe(5);
  });

  it.concurrent.each(seeds)('holds everything through the life of seed %i', async (seed) => {
    const report = await runRound(planOf(seed));
    expect(report.problem === null ? '' : describeFailure(report)).toBe('');
    expect(report.lines).toBeGreaterThan(0);
  });
});
