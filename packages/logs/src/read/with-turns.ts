import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds between two turns. */
const turnMs = 4;

/** Passes items on, and lets the event loop turn now and then: files are read in one go, and an abort must get through. */
export async function* withTurns<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  let last = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - last < turnMs) continue;
    await turn();
    last = performance.now();
  }
  await turn();
}

/** Runs steps to their result with the same turns; null when aborted in between. */
export async function inTurns<T>(
  steps: Generator<unknown, T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  let last = performance.now();
  while (signal?.aborted !== true) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - last < turnMs) continue;
    await turn();
    last = performance.now();
  }
  return null;
}
