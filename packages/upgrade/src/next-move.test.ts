import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, factsOf, planOf } from '../test/plans.ts';
import { nextMove, type UpgradeFacts } from './next-move.ts';
import { isOver, type Schedule, type UpgradePlan } from './plan.ts';

const states = [
  ...['stopped', 'starting', 'running', 'stopping', 'upgrading', 'crashed', 'error'],
] as const as readonly UpgradeFacts['state'][];
const when = (changes: Partial<Schedule>) =>
  planOf({ schedule: { notBefore: null, latest: null, height: null, idle: false, ...changes } });

describe('an upgrade that waits', () => {
  it.each([
    ['nothing is asked', {}, {}, true],
    ['its time has come', { notBefore: at }, { now: at }, true],
    ['its time has not come', { notBefore: at + 1 }, { now: at }, false],
    ['its height is reached', { height: 101 }, {}, true],
    ['its height is not reached', { height: 102 }, {}, false],
    ['the head is unknown', { height: 1 }, { head: null }, false],
    ['the node is idle', { idle: true }, {}, true],
    ['the node is busy', { idle: true }, { idle: false }, false],
    ['the node is busy, at the latest', { idle: true, latest: at }, { idle: false, now: at }, true],
    ['an early time and a busy node', { idle: true, notBefore: at }, { idle: false }, false],
  ])('begins, or not, where %s', (_, schedule, seen, begins) => {
    expect(nextMove(when(schedule), factsOf(seen)).do).toBe(begins ? 'stop' : 'wait');
  });

  it('waits for the next moment that can make a difference', () => {
    const plan = when({ notBefore: at + 5, latest: at + 9, idle: true });
    expect(nextMove(plan, factsOf({ now: at }))).toMatchObject({ until: at + 5 });
    expect(nextMove(plan, factsOf({ now: at + 6, idle: false }))).toMatchObject({ until: at + 9 });
    expect(nextMove(when({ height: 999 }), factsOf())).toMatchObject({ until: null });
  });
});

describe('an upgrade that waits for a height', () => {
  const isNear = (height: number | null, seen: Partial<UpgradeFacts> = {}) => {
    const pace = { head: 100, blockSeconds: 2, looksEveryMs: 30_000 };
    return nextMove(when({ height, notBefore: at + 1 }), factsOf({ now: at, ...pace, ...seen }));
  };

  it('says when two looks at the head would come too late', () => {
    expect(isNear(129)).toMatchObject({ do: 'wait', isNear: true });
    expect(isNear(130)).toMatchObject({ do: 'wait', isNear: false });
    expect(isNear(130, { looksEveryMs: 31_000 })).toMatchObject({ isNear: true });
    expect(isNear(101, { blockSeconds: null })).toMatchObject({ isNear: false });
    expect(isNear(101, { head: null })).toMatchObject({ isNear: false });
    expect(isNear(null)).toMatchObject({ isNear: false });
  });
});

describe('an upgrade under way', () => {
  it.each([
    ['stopping', 'prepare'],
    ['preparing', 'prepare'],
    ['going-back', 'start-old'],
  ] as const)('that is %s goes on when the node is down', (step, move) => {
    const plan = planOf({ step });
    expect(nextMove(plan, factsOf({ state: 'stopping' })).do).toBe('wait');
    expect(nextMove(plan, factsOf({ state: 'upgrading' })).do).toBe(move);
    // Whoever turned it around: it is asked to end again.
    for (const state of ['running', 'starting', 'crashed', 'stopped'] as const) {
      expect(nextMove(plan, factsOf({ state })).do).toBe('stop');
    }
    expect(nextMove(plan, factsOf({ state: 'error', why: 'a process is left' }))).toEqual({
      do: 'fail',
      reason: 'a process is left',
    });
  });

  it('keeps a new program that has proved itself, and returns one that has not', () => {
    const plan = planOf({ step: 'watching' });
    expect(nextMove(plan, factsOf()).do).toBe('keep');
    expect(nextMove(plan, factsOf({ peers: 0 })).do).toBe('return');
    expect(nextMove(plan, factsOf({ now: at + 1 }))).toMatchObject({
      do: 'wait',
      until: at + 600_000,
    });
  });

  it.each(['crashed', 'error', 'stopped'] as const)(
    'returns a new program that is %s although it is wanted up',
    (state) => {
      const down = factsOf({ state, startedAt: null, ready: false, why: 'exit code 1' });
      expect(nextMove(planOf({ step: 'watching' }), down)).toEqual({
        do: 'return',
        reason: 'the node is down: exit code 1',
      });
    },
  );

  it('waits for a node that the operator stopped', () => {
    const stopped = factsOf({ state: 'stopped', wanted: false, startedAt: null });
    expect(nextMove(planOf({ step: 'watching' }), stopped).do).toBe('wait');
  });
});

/** What the move of a plan makes of plan and node, as the driver and the lifecycle do it. */
function done(
  plan: UpgradePlan,
  { state }: UpgradeFacts,
  move: ReturnType<typeof nextMove>,
): { plan: UpgradePlan; state: UpgradeFacts['state'] } {
  const isUp = ['running', 'starting', 'stopping'].includes(state);
  switch (move.do) {
    case 'stop':
      return {
        plan: plan.step === 'waiting' ? { ...plan, step: 'stopping' } : plan,
        state: isUp ? 'stopping' : 'upgrading',
      };
    case 'prepare':
      return { plan: { ...plan, step: 'watching' }, state: 'starting' };
    case 'keep':
      return { plan: { ...plan, step: 'kept' }, state };
    case 'return':
      return { plan: { ...plan, step: 'going-back' }, state: isUp ? 'stopping' : 'upgrading' };
    case 'start-old':
      return { plan: { ...plan, step: 'gone-back' }, state: 'starting' };
    case 'fail':
      return { plan: { ...plan, step: 'failed' }, state };
    case 'wait':
      return { plan, state: state === 'stopping' ? 'upgrading' : state };
  }
}

describe('whatever happens', () => {
  it('an upgrade that is over moves nothing', () => {
    for (const step of ['kept', 'gone-back', 'held', 'cancelled', 'failed'] as const) {
      for (const state of states) {
        expect(nextMove(planOf({ step }), factsOf({ state }))).toMatchObject({ do: 'wait' });
      }
    }
  });

  it('it ends, and the new program is started once at the most', () => {
    const step = fc.constantFrom<UpgradePlan['step']>(
      'waiting',
      'stopping',
      'preparing',
      'going-back',
    );
    fc.assert(
      fc.property(step, fc.constantFrom(...states), fc.boolean(), (from, first, isGood) => {
        let [plan, state] = [planOf({ step: from }), first];
        let starts = 0;
        for (let turn = 0; turn < 12 && !isOver(plan); turn += 1) {
          const seen = factsOf({ state, ready: isGood, ended: isGood ? null : 'it ended' });
          const move = nextMove(plan, seen);
          starts += move.do === 'prepare' ? 1 : 0;
          ({ plan, state } = done(plan, seen, move));
        }
        expect(isOver(plan)).toBe(true);
        expect(starts).toBeLessThanOrEqual(1);
      }),
    );
  });
});
