import { describe, expect, it } from 'vitest';
import { factsOf } from '../../test/facts-of.ts';
import type { MissingFork } from '../alert-facts.ts';
import { withDefaults } from '../alert-options.ts';
import { judgeConditions } from './judge-conditions.ts';
import { trackConditions, type AlertState } from './track-conditions.ts';

const day = 86_400_000;
const at = Date.parse('2027-01-01T00:00:00Z');
const forkAt = (when: number | null): MissingFork => ({
  key: 'time 2027-01-01T00:00:00.000Z',
  summary: 'a hard fork comes',
  at: when,
});

/** What is notified of a fork at these days before it; `again` stores and reads the states between two looks, as a new supervisor does. */
function notifiedAt(days: readonly number[], fork: (at: number) => MissingFork | null | undefined) {
  const options = withDefaults({});
  let states: readonly AlertState[] = [];
  return days.flatMap((before) => {
    const now = at - before * day;
    const judged = judgeConditions(factsOf({}, { missingFork: fork(now) }), options, now);
    const tracked = trackConditions(states, judged, { now, ...options });
    states = JSON.parse(JSON.stringify(tracked.states)) as AlertState[];
    return tracked.notifications.map(({ status, state }) => [before, status, state.severity]);
  });
}

const everyHour = Array.from({ length: 41 * 24 }, (_, hour) => 40 - hour / 24);

describe('a hard fork that the node lacks', () => {
  it('is told of when it becomes known, and once at 30, 14, 7, 3 and 1 days and when it comes', () => {
    expect(notifiedAt(everyHour, () => forkAt(at))).toEqual([
      [40, 'raised', 'warning'],
      [30, 'reminder', 'warning'],
      [14, 'reminder', 'warning'],
      [7, 'reminder', 'warning'],
      [3, 'raised', 'critical'],
      [1, 'reminder', 'critical'],
      [0, 'reminder', 'critical'],
    ]);
  });

  it('is told of once where it becomes known late, whatever steps have gone by', () => {
    expect(notifiedAt([10, 9.9, 8], () => forkAt(at))).toEqual([[10, 'raised', 'warning']]);
    expect(notifiedAt([-400, -401, -500], () => forkAt(at))).toEqual([
      [-400, 'raised', 'critical'],
    ]);
  });

  it('is told of once where its date is not known', () => {
    expect(notifiedAt(everyHour, () => forkAt(null))).toEqual([[40, 'raised', 'warning']]);
  });

  it('stays as it was while nobody has looked, as after a start of the supervisor', () => {
    const known = (now: number) => (now < at - 5 * day ? forkAt(at) : undefined);
    expect(notifiedAt([6, 5, 2, 1], known)).toEqual([[6, 'raised', 'warning']]);
  });

  it('is resolved when the node has it', () => {
    const known = (now: number) => (now < at - 5 * day ? forkAt(at) : null);
    expect(notifiedAt([6, 5, 4, 3], known)).toEqual([
      [6, 'raised', 'warning'],
      [4, 'resolved', 'warning'],
    ]);
  });
});
