import type { Clock } from '../../clock.ts';
import type { Pausable } from './writers.ts';

/** Milliseconds until a group that does not stop is let go: a thread may be stuck in a slow disk. */
const deadlineMs = 250;
const pollMs = 0.2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** What became of stopping a group: `running` when it did not stop in time, or its state cannot be read; `unsignalled` when it is gone, or not ours. */
export type Pause = 'paused' | 'running' | 'unsignalled';

/** Stops a group and waits, synchronously, until `hasStopped`. */
export function pauseGroup(
  pausable: Pausable,
  hasStopped: () => boolean,
  { monotonic }: Pick<Clock, 'monotonic'>,
): Pause {
  if (!pausable.pause()) return 'unsignalled';
  const deadline = monotonic() + deadlineMs;
  try {
    while (!hasStopped()) {
      if (monotonic() > deadline) return 'running';
      Atomics.wait(sleeper, 0, 0, pollMs);
    }
    return 'paused';
  } catch {
    return 'running';
  }
}
