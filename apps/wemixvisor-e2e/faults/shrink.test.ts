import { describe, expect, it } from 'vitest';
import type { Plan, Step } from './plan.ts';
import { makesSense, shrink } from './shrink.ts';

const step = (action: Step['action']): Step => ({ action, fault: null });
const planWith = (...actions: readonly Step['action'][]): Plan => ({
  seed: 1,
  stopMs: 0,
  crash: 'SIGKILL',
  wrapper: 'none',
  place: 'disk',
  receiver: 'none',
  steps: actions.map(step),
});
const actionsOf = ({ steps }: Plan) => steps.map(({ action }) => action);

describe('a failing plan', () => {
  it('is cut down to the steps without which it does not fail', async () => {
    const plan = planWith('start', 'run', 'crash', 'stop', 'start', 'rotate', 'restart', 'run');
    const fails = (shorter: Plan) => Promise.resolve(actionsOf(shorter).includes('rotate'));
    const shrunk = await shrink(plan, fails, 50);
    expect(actionsOf(shrunk.plan)).toEqual(['start', 'rotate']);
    expect(actionsOf(shrunk.plan)).toEqual(
      shrunk.kept.map((number) => plan.steps[number - 1]?.action),
    );
  });

  it('is run again only in parts that make sense, and never as a whole', async () => {
    const plan = planWith('start', 'crash', 'stop', 'start', 'run');
    const tried: Plan[] = [];
    const { kept } = await shrink(plan, (shorter) => Promise.resolve(!tried.push(shorter)), 50);
    expect(kept).toEqual([1, 2, 3, 4, 5]);
    expect(tried.length).toBeGreaterThan(2);
    expect(tried.every(({ steps }) => makesSense(steps) && steps.length < 5)).toBe(true);
    expect(actionsOf(tried.at(-1) ?? plan)).toEqual(['start', 'crash', 'stop', 'start']);
  });

  it('is given back as short as it got when the runs are used up', async () => {
    const plan = planWith('start', 'run', 'run', 'run', 'run', 'run');
    const { runs, kept } = await shrink(plan, () => Promise.resolve(true), 1);
    expect(runs).toBe(1);
    expect(kept).toEqual([1, 5, 6]);
  });
});

describe('a part of a plan', () => {
  it.each([
    [[], false],
    [['run'], false],
    [['start', 'start'], false],
    [['start', 'stop', 'run'], false],
    [['start', 'stop', 'start', 'run'], true],
  ] as const)('with %j makes sense: %s', (actions, expected) => {
    expect(makesSense(actions.map(step))).toBe(expected);
  });

  it('counts what a recovery leaves', () => {
    const fault = { name: 'kill-supervisor', afterMs: 0, forMs: 0 } as const;
    const first = { action: 'start', fault: { ...fault, recovery: 'stop' } } as const;
    expect(makesSense([first, step('run')])).toBe(false);
    expect(makesSense([first, step('start')])).toBe(true);
  });
});
