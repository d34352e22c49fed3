import { describe, expect, it } from 'vitest';
import { planOf } from '../test/plans.ts';
import { isOver, newPlan, parsePlan } from './plan.ts';

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a plan that was saved', () => {
  it('is read as it was written', () => {
    for (const plan of [planOf(), planOf({ baseline: null, hook: ['/bin/true'], backup: '/b' })]) {
      expect(parsePlan(through(plan))).toEqual(plan);
    }
  });

  it('is none without any one of its fields, or with another thing in its place', () => {
    for (const name of Object.keys(planOf())) {
      const { [name]: _, ...rest } = planOf() as unknown as Record<string, unknown>;
      expect(parsePlan(rest), name).toBeUndefined();
      expect(parsePlan({ ...rest, [name]: Number.NaN }), name).toBeUndefined();
    }
    expect(parsePlan(null)).toBeUndefined();
    expect(parsePlan({ ...planOf(), step: 'staged' })).toBeUndefined();
  });

  it('is over in its last steps alone', () => {
    expect(isOver(planOf({ step: 'watching' }))).toBe(false);
    expect(isOver(planOf({ step: 'held' }))).toBe(true);
  });
});

it('is made of what is asked for, with defaults that change nothing else', () => {
  const at = Date.UTC(2026, 10, 29, 12, 0, 0, 7);
  const release = { version: null, program: '/srv/geth', sha256: null };
  const plan = newPlan({ from: release, to: release, watchMs: 5, backup: '/b' }, at);
  expect(plan).toMatchObject({ id: '20261129T120000-007Z', step: 'waiting', since: at });
  expect(plan).toMatchObject({ rollback: true, keepsArguments: true, backup: '/b', restore: null });
  expect(parsePlan(plan)).toBe(plan);
});
