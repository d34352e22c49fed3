import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '../clock.ts';

/** Milliseconds of work between two turns of the event loop. */
const workMs = 4;

/** Passes items on, and yields to the event loop now and then: files are read in one go, and an abort must get through. */
export async function* yielding<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  let last = systemClock.monotonic();
  for (const item of items) {
    yield item;
    if (systemClock.monotonic() - last < workMs) continue;
    await nextTurn();
    last = systemClock.monotonic();
  }
  await nextTurn();
}

/** Runs steps to their result and yields to the event loop in the same way; null when aborted in between. */
export async function runYielding<T>(
  steps: Generator<unknown, T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  let last = systemClock.monotonic();
  while (signal?.aborted !== true) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (systemClock.monotonic() - last < workMs) continue;
    await nextTurn();
    last = systemClock.monotonic();
  }
  return null;
}
