import { fakeClock } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { rest } from './rest.ts';

it('is over after its time, and leaves no timer', async () => {
  const clock = fakeClock();
  let isOver = false;
  void rest(50, [], clock).then(() => (isOver = true));
  await clock.advance(49);
  expect(isOver).toBe(false);
  await clock.advance(1);
  expect(isOver).toBe(true);
  expect(clock.pending).toBe(0);
});

it('is over at once when one of its signals is aborted, before or meanwhile', async () => {
  const clock = fakeClock();
  const [one, other] = [new AbortController(), new AbortController()];
  const resting = rest(50, [one.signal, other.signal], clock);
  other.abort();
  await resting;
  await rest(50, [one.signal, other.signal], clock);
  expect(clock.pending).toBe(0);
});
