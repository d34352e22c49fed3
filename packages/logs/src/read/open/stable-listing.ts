import { statSync } from 'node:fs';
import { systemClock } from '../../clock.ts';
import { filesOf, listLog, type Listing } from '../../layout.ts';

const tickMs = 1;
/** A truncation lasts milliseconds, on a busy disk seconds. An older journal was left by a process that died, and the live file can be read. */
const patienceMs = 5000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Lists the log at a moment when no truncation is under way, waiting for one to end. */
export function stableListing(directory: string, name: string): Listing {
  const deadline = systemClock.monotonic() + patienceMs;
  for (;;) {
    const listing = listLog(directory, name);
    if (!listing.truncating || systemClock.monotonic() > deadline) return listing;
    // The age of the journal decides, so that not every read of a log waits for one that was left behind.
    const journal = statSync(filesOf(directory, name).journal, { throwIfNoEntry: false });
    if (journal !== undefined && Date.now() - journal.mtimeMs > patienceMs) return listing;
    Atomics.wait(sleeper, 0, 0, tickMs);
  }
}
