import { statSync } from 'node:fs';
import { filesOf, listLog, type Listing } from '../../layout.ts';

const tickMs = 1;
/** A truncation lasts milliseconds, on a busy disk seconds; an older journal belongs to a dead supervisor, and the live file is as it is. */
const patienceMs = 5000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Lists the log at a moment when no truncation is under way, waiting for one to end. */
export function stableListing(directory: string, name: string): Listing {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const listing = listLog(directory, name);
    if (!listing.truncating || performance.now() > deadline) return listing;
    // Told by its age, so that not each read of a log waits for it.
    const journal = statSync(filesOf(directory, name).journal, { throwIfNoEntry: false });
    if (journal !== undefined && Date.now() - journal.mtimeMs > patienceMs) return listing;
    Atomics.wait(sleeper, 0, 0, tickMs);
  }
}
