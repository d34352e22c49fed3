import { listLog, type Listing } from '../layout.ts';

const tickMs = 1;
/** A truncation lasts milliseconds; a journal that stays longer belongs to a dead supervisor, and the live file is as it is. */
const patienceMs = 2000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Lists the log at a moment when no truncation is under way, waiting for one to end. */
export function stableListing(directory: string, name: string): Listing {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const listing = listLog(directory, name);
    if (!listing.truncating || performance.now() > deadline) return listing;
    Atomics.wait(sleeper, 0, 0, tickMs);
  }
}
