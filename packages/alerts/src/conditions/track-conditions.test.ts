import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertEvents } from '../alert-events.ts';
import type { Severity } from '../alert.ts';
import type { Condition, Judgement } from './condition.ts';
import { trackConditions, type AlertState, type Notification } from './track-conditions.ts';

const conditionOf = (overrides: Partial<Condition> = {}): Condition => ({
  key: 'peers',
  event: 'peers',
  severity: 'warning',
  summary: 'few peers',
  holdMs: 0,
  ...overrides,
});
const seen = (...conditions: readonly Condition[]): Judgement => ({
  conditions,
  unjudged: new Set(),
  over: false,
});
const nothing = seen();

/** Looks at one judgement after the other, each at its own moment, and returns the notifications. */
function story(
  looks: readonly (readonly [now: number, judgement: Judgement])[],
  { resolveAfterMs = 0, reminderMs = 0 } = {},
) {
  let states: readonly AlertState[] = [];
  const notified: string[] = [];
  for (const [now, judgement] of looks) {
    const tracked = trackConditions(states, judgement, { now, resolveAfterMs, reminderMs });
    states = tracked.states;
    for (const { status, state } of tracked.notifications) {
      notified.push(`${now} ${state.key} ${status}`);
    }
  }
  return { notified, states };
}

describe('a condition', () => {
  it('is raised once, and resolved when it is gone', () => {
    const few = seen(conditionOf());
    const { notified, states } = story([
      [0, few],
      [1, few],
      [2, few],
      [3, nothing],
      [4, nothing],
    ]);
    expect(notified).toEqual(['0 peers raised', '3 peers resolved']);
    expect(states).toEqual([]);
  });

  it('is raised when it has lasted, and never when it was short', () => {
    const held = seen(conditionOf({ holdMs: 10 }));
    expect(
      story([
        [0, held],
        [9, held],
        [10, held],
      ]).notified,
    ).toEqual(['10 peers raised']);
    expect(
      story([
        [0, held],
        [9, nothing],
        [10, held],
        [19, held],
      ]).notified,
    ).toEqual([]);
  });

  it('is resolved only when it has been gone for long enough', () => {
    const few = seen(conditionOf());
    const looks = [
      [0, few],
      [5, nothing],
      [14, few],
      [20, nothing],
      [29, nothing],
      [30, nothing],
    ] as const;
    expect(story(looks, { resolveAfterMs: 10 }).notified).toEqual([
      '0 peers raised',
      '30 peers resolved',
    ]);
  });

  it('is raised again when it gets worse, and not when it gets better', () => {
    const mild = seen(conditionOf());
    const bad = seen(conditionOf({ severity: 'critical' }));
    expect(
      story([
        [0, mild],
        [1, bad],
        [2, mild],
      ]).notified,
    ).toEqual(['0 peers raised', '1 peers raised']);
  });

  it('is repeated as a reminder', () => {
    const few = seen(conditionOf());
    const looks = [
      [0, few],
      [9, few],
      [10, few],
      [19, few],
      [20, few],
    ] as const;
    expect(story(looks, { reminderMs: 10 }).notified).toEqual([
      '0 peers raised',
      '10 peers reminder',
      '20 peers reminder',
    ]);
  });

  it('keeps its state while it cannot be judged', () => {
    const unsure: Judgement = { ...nothing, unjudged: new Set(['peers'] as const) };
    const looks = [
      [0, seen(conditionOf())],
      [1, unsure],
      [2, unsure],
      [3, nothing],
    ] as const;
    expect(story(looks).notified).toEqual(['0 peers raised', '3 peers resolved']);
  });

  it('is resolved at once when the operator stops the node', () => {
    const over: Judgement = { conditions: [], unjudged: new Set(['peers'] as const), over: true };
    const looks = [
      [0, seen(conditionOf(), conditionOf({ key: 'sync', holdMs: 99 }))],
      [1, over],
    ] as const;
    const { notified, states } = story(looks, { resolveAfterMs: 1_000 });
    expect(notified).toEqual(['0 peers raised', '1 peers resolved']);
    expect(states).toEqual([]);
  });

  it('is not held back for ever by a clock that was set back between two supervisors', () => {
    const held = seen(conditionOf({ holdMs: 10 }));
    expect(
      story([
        [1_000_000, held],
        [0, held],
        [10, held],
      ]).notified,
    ).toEqual(['10 peers raised']);
  });
});

describe('whatever happens', () => {
  const condition = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    event: fc.constantFrom(...alertEvents.slice(0, 3)),
    severity: fc.constantFrom<Severity>('info', 'warning', 'critical'),
    summary: fc.string(),
    holdMs: fc.nat(20),
  });
  const judgement = fc.record({
    conditions: fc.uniqueArray(condition, { selector: ({ key }) => key, maxLength: 3 }),
    unjudged: fc
      .uniqueArray(fc.constantFrom(...alertEvents.slice(0, 3)))
      .map((all) => new Set(all)),
    over: fc.boolean(),
  });
  const looks = fc.array(fc.tuple(fc.nat(15), judgement), { maxLength: 40 });
  const patience = fc.record({ resolveAfterMs: fc.nat(20), reminderMs: fc.nat(20) });

  it('resolved follows raised, and a raised condition is raised again only when it got worse', () => {
    fc.assert(
      fc.property(looks, patience, (steps, options) => {
        const open = new Map<string, Severity>();
        const check = ({ status, state: { key, severity } }: Notification) => {
          const before = open.get(key);
          if (status === 'resolved') {
            expect(before).toBeDefined();
            open.delete(key);
            return;
          }
          if (status === 'reminder') expect(before).toBeDefined();
          open.set(key, severity);
        };
        let now = 0;
        let states: readonly AlertState[] = [];
        for (const [pause, seenNow] of steps) {
          now += pause;
          const tracked = trackConditions(states, seenNow, { now, ...options });
          for (const notification of tracked.notifications) check(notification);
          states = tracked.states;
          // The open alerts are exactly the states that were notified: nothing is forgotten or invented.
          const notified = states
            .filter(({ notifiedAt }) => notifiedAt !== null)
            .map(({ key }) => key);
          expect(new Set(notified)).toEqual(new Set(open.keys()));
          expect(new Set(states.map(({ key }) => key)).size).toBe(states.length);
        }
      }),
    );
  });

  it('survives a supervisor: its result is the same after JSON', () => {
    fc.assert(
      fc.property(looks, patience, (steps, options) => {
        let now = 0;
        let states: readonly AlertState[] = [];
        for (const [pause, seenNow] of steps) {
          now += pause;
          const tracking = { now, ...options };
          const stored = JSON.parse(JSON.stringify(states)) as readonly AlertState[];
          const tracked = trackConditions(states, seenNow, tracking);
          expect(trackConditions(stored, seenNow, tracking)).toEqual(tracked);
          states = tracked.states;
        }
      }),
    );
  });
});
