import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertEvents } from '../settings/alert-events.ts';
import type { Severity, Trouble } from './alert.ts';
import type { Judgement } from './alert-facts.ts';
import { trackTroubles, type Telling, type TrackedTrouble } from './track-troubles.ts';

const troubleOf = (overrides: Partial<Trouble> = {}): Trouble => ({
  key: 'peers',
  event: 'peers',
  severity: 'warning',
  summary: 'few peers',
  holdMs: 0,
  ...overrides,
});
const seen = (...troubles: readonly Trouble[]): Judgement => ({
  troubles,
  unjudged: new Set(),
  over: false,
});
const nothing = seen();

/** Looks at one judgement after the other, each at its own moment, and gives what was told. */
function story(
  looks: readonly (readonly [now: number, judgement: Judgement])[],
  { resolveAfterMs = 0, reminderMs = 0 } = {},
) {
  let troubles: readonly TrackedTrouble[] = [];
  const told: string[] = [];
  for (const [now, judgement] of looks) {
    const tracked = trackTroubles(troubles, judgement, { now, resolveAfterMs, reminderMs });
    troubles = tracked.troubles;
    for (const { status, trouble } of tracked.tellings)
      told.push(`${now} ${trouble.key} ${status}`);
  }
  return { told, troubles };
}

describe('a trouble', () => {
  it('is told once, and once more when it is over', () => {
    const few = seen(troubleOf());
    const { told, troubles } = story([
      [0, few],
      [1, few],
      [2, few],
      [3, nothing],
      [4, nothing],
    ]);
    expect(told).toEqual(['0 peers raised', '3 peers resolved']);
    expect(troubles).toEqual([]);
  });

  it('is told when it has lasted, and never when it was short', () => {
    const held = seen(troubleOf({ holdMs: 10 }));
    expect(
      story([
        [0, held],
        [9, held],
        [10, held],
      ]).told,
    ).toEqual(['10 peers raised']);
    expect(
      story([
        [0, held],
        [9, nothing],
        [10, held],
        [19, held],
      ]).told,
    ).toEqual([]);
  });

  it('is over only when it has been gone for long enough', () => {
    const few = seen(troubleOf());
    const looks = [
      [0, few],
      [5, nothing],
      [14, few],
      [20, nothing],
      [29, nothing],
      [30, nothing],
    ] as const;
    expect(story(looks, { resolveAfterMs: 10 }).told).toEqual([
      '0 peers raised',
      '30 peers resolved',
    ]);
  });

  it('is told again when it gets worse, and not when it gets better', () => {
    const mild = seen(troubleOf());
    const bad = seen(troubleOf({ severity: 'critical' }));
    expect(
      story([
        [0, mild],
        [1, bad],
        [2, mild],
      ]).told,
    ).toEqual(['0 peers raised', '1 peers raised']);
  });

  it('is told again as a reminder', () => {
    const few = seen(troubleOf());
    const looks = [
      [0, few],
      [9, few],
      [10, few],
      [19, few],
      [20, few],
    ] as const;
    expect(story(looks, { reminderMs: 10 }).told).toEqual([
      '0 peers raised',
      '10 peers reminder',
      '20 peers reminder',
    ]);
  });

  it('stays as it was while it cannot be judged', () => {
    const unsure: Judgement = { ...nothing, unjudged: new Set(['peers'] as const) };
    const looks = [
      [0, seen(troubleOf())],
      [1, unsure],
      [2, unsure],
      [3, nothing],
    ] as const;
    expect(story(looks).told).toEqual(['0 peers raised', '3 peers resolved']);
  });

  it('is over at once when the operator stops the node', () => {
    const over: Judgement = { troubles: [], unjudged: new Set(['peers'] as const), over: true };
    const looks = [
      [0, seen(troubleOf(), troubleOf({ key: 'sync', holdMs: 99 }))],
      [1, over],
    ] as const;
    const { told, troubles } = story(looks, { resolveAfterMs: 1_000 });
    expect(told).toEqual(['0 peers raised', '1 peers resolved']);
    expect(troubles).toEqual([]);
  });

  it('is not held for ever by a clock that was set back between two supervisors', () => {
    const held = seen(troubleOf({ holdMs: 10 }));
    expect(
      story([
        [1_000_000, held],
        [0, held],
        [10, held],
      ]).told,
    ).toEqual(['10 peers raised']);
  });
});

describe('whatever happens', () => {
  const trouble = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    event: fc.constantFrom(...alertEvents.slice(0, 3)),
    severity: fc.constantFrom<Severity>('info', 'warning', 'critical'),
    summary: fc.string(),
    holdMs: fc.nat(20),
  });
  const judgement = fc.record({
    troubles: fc.uniqueArray(trouble, { selector: ({ key }) => key, maxLength: 3 }),
    unjudged: fc
      .uniqueArray(fc.constantFrom(...alertEvents.slice(0, 3)))
      .map((all) => new Set(all)),
    over: fc.boolean(),
  });
  const looks = fc.array(fc.tuple(fc.nat(15), judgement), { maxLength: 40 });
  const patience = fc.record({ resolveAfterMs: fc.nat(20), reminderMs: fc.nat(20) });

  it('resolved follows raised, and a raised trouble is raised again only when it got worse', () => {
    fc.assert(
      fc.property(looks, patience, (steps, options) => {
        const open = new Map<string, Severity>();
        const check = ({ status, trouble: { key, severity } }: Telling) => {
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
        let troubles: readonly TrackedTrouble[] = [];
        for (const [pause, seenNow] of steps) {
          now += pause;
          const tracked = trackTroubles(troubles, seenNow, { now, ...options });
          for (const telling of tracked.tellings) check(telling);
          troubles = tracked.troubles;
          // What is open is exactly what is tracked as told; nothing is forgotten and nothing invented.
          const tracedAsTold = troubles
            .filter(({ toldAt }) => toldAt !== null)
            .map(({ key }) => key);
          expect(new Set(tracedAsTold)).toEqual(new Set(open.keys()));
          expect(new Set(troubles.map(({ key }) => key)).size).toBe(troubles.length);
        }
      }),
    );
  });

  it('survives a supervisor: what is tracked is the same after JSON', () => {
    fc.assert(
      fc.property(looks, patience, (steps, options) => {
        let now = 0;
        let troubles: readonly TrackedTrouble[] = [];
        for (const [pause, seenNow] of steps) {
          now += pause;
          const tracking = { now, ...options };
          const stored = JSON.parse(JSON.stringify(troubles)) as readonly TrackedTrouble[];
          const tracked = trackTroubles(troubles, seenNow, tracking);
          expect(trackTroubles(stored, seenNow, tracking)).toEqual(tracked);
          troubles = tracked.troubles;
        }
      }),
    );
  });
});
