import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePlan, planOf, type Plan } from './plan.ts';

const plans = (check: (plan: Plan) => void) => {
  const property = fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
    check(planOf(seed));
  });
  fc.assert(property, { numRuns: 500 });
};

describe('a fault plan', () => {
  it('is the same for the same seed', () => {
    plans((plan) => expect(planOf(plan.seed)).toEqual(plan));
  });

  it('kills the supervisor at least once', () => {
    plans(({ steps }) => expect(steps.some(({ kill }) => kill !== null)).toBe(true));
  });

  it('starts a node exactly where it is down', () => {
    plans(({ steps }) => {
      let isUp = false;
      for (const { action, kill } of steps) {
        expect(action === 'start').toBe(!isUp);
        isUp = (kill?.recovery ?? action) !== 'stop';
      }
    });
  });

  it('kills at any moment of the first 300 ms', () => {
    const delays = Array.from({ length: 400 }, (_, seed) => planOf(seed).steps)
      .flat()
      .flatMap(({ action, kill }) => (action === 'run' && kill !== null ? [kill.afterMs] : []));
    expect(Math.min(...delays)).toBeLessThan(20);
    expect(Math.max(...delays)).toBeGreaterThan(280);
    expect(Math.max(...delays)).toBeLessThanOrEqual(300);
  });

  it('comes to every action and every recovery within 200 seeds', () => {
    const steps = Array.from({ length: 200 }, (_, seed) => planOf(seed + 1).steps).flat();
    const kills = steps.flatMap(({ action, kill }) =>
      kill === null ? [] : [`${action} ${kill.recovery}`],
    );
    const ups = ['run', 'crash', 'rotate', 'stop', 'restart'];
    const expected = [
      ...['start', 'stop'].map((recovery) => `start ${recovery}`),
      ...ups.flatMap((up) => ['start', 'stop', 'restart'].map((recovery) => `${up} ${recovery}`)),
    ];
    expect([...new Set(kills)].sort()).toEqual(expected.sort());
  });

  it('can be read in one line', () => {
    const plan: Plan = {
      seed: 7,
      stopMs: 20,
      crash: 'exit 1',
      steps: [
        { action: 'start', kill: null },
        { action: 'stop', kill: { afterMs: 12, recovery: 'start' } },
      ],
    };
    expect(describePlan(plan)).toBe(
      'seed 7 (stops in 20 ms, crashes by exit 1): start, stop †12ms → start',
    );
  });
});
