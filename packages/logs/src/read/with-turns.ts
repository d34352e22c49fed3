import { setImmediate as turn } from 'node:timers/promises';

/** Steps between two turns. */
const stepsPerTurn = 8;

/** Passes items on, and lets the event loop turn now and then: files are read in one go, and an abort must get through. */
export async function* withTurns<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  let count = 0;
  for (const item of items) {
    yield item;
    count += 1;
    if (count % stepsPerTurn === 0) await turn();
  }
  await turn();
}

/** Runs steps to their result with the same turns; null when aborted in between. */
export async function inTurns<T>(
  steps: Generator<unknown, T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  for (let count = 1; signal?.aborted !== true; count += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % stepsPerTurn === 0) await turn();
  }
  return null;
}
