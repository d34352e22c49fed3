import { expect, it } from 'vitest';
import { createWitness } from './witness.ts';

const foundAt = (
  number: number | null,
  blockIntervalSeconds: number | null = 12,
  healthy = true,
) => ({
  head: number === null ? null : { number, blockIntervalSeconds },
  checks: { head_progress: { healthy } },
});

it('remembers the last check that was answered', () => {
  const witness = createWitness();
  expect(witness.last).toBeNull();
  const first = foundAt(7);
  witness.note(first);
  witness.note(foundAt(null));
  expect(witness.last).toBe(first);
});

it('tells the pace of blocks by their timestamps, and by what it saw where these are too coarse', () => {
  const clock = { now: 0 };
  const witness = createWitness(() => clock.now);
  witness.note(foundAt(10, 1));
  expect(witness.pace(foundAt(10, 1))).toBe(1);
  clock.now = 2_000;
  witness.note(foundAt(10, 1));
  clock.now = 4_000;
  witness.note(foundAt(18, 1));
  expect(witness.pace(foundAt(18, 1))).toBe(0.5);
  expect(witness.pace(foundAt(18, 12))).toBe(12);
  expect(witness.pace(foundAt(18, null))).toBeNull();
  expect(witness.pace(foundAt(18, 12, false))).toBeNull();
  expect(witness.pace(foundAt(null))).toBeNull();
});

it('tells since when the watch of a process is over, from the first look on', () => {
  const witness = createWitness();
  const watched = { step: 'watching', watchMs: 100 } as const;
  expect(witness.overdueSince(watched, 0, 99)).toBeNull();
  expect(witness.overdueSince(watched, 0, 130)).toBe(130);
  expect(witness.overdueSince(watched, 0, 170)).toBe(130);
  expect(witness.overdueSince(watched, 90, 180)).toBeNull();
  expect(witness.overdueSince(watched, 90, 250)).toBe(250);
  expect(witness.overdueSince(watched, null, 999)).toBeNull();
  expect(witness.overdueSince({ ...watched, step: 'kept' }, 0, 999)).toBeNull();
});
