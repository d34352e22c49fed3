import type { Clock } from '../../clock.ts';
import type { Pausable } from './writers.ts';

/** Milliseconds until a group that does not stop is let go: a thread may be stuck in a slow disk. */
const deadlineMs = 250;
const pollMs = 0.2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Stops a group and waits, synchronously, until `hasStopped`; false when it does not in time, or its state cannot be read. */
export function pauseGroup(
  pausable: Pausable,
  hasStopped: () => boolean,
  { monotonic }: Pick<Clock, 'monotonic'>,
): boolean {
  if (!pausable.pause()) return false;
  const deadline = monotonic() + deadlineMs;
  try {
    while (!hasStopped()) {
      if (monotonic() > deadline) return false;
      Atomics.wait(sleeper, 0, 0, pollMs);
    }
    return true;
  } catch {
    return false;
  }
}
