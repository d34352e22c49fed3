import { setImmediate as turn } from 'node:timers/promises';

/** Batches between two turns. */
const batchesPerTurn = 8;

/** Passes batches on, and lets the event loop turn now and then: files are read in one go, and an abort must get through. */
export async function* withTurns<T>(batches: Iterable<T>): AsyncGenerator<T, void> {
  let count = 0;
  for (const batch of batches) {
    yield batch;
    count += 1;
    if (count % batchesPerTurn === 0) await turn();
  }
  await turn();
}
