import type { Clock } from './ports.ts';

/** Tells whether this process was suspended: the machine slept, or the process was stopped or starved of CPU. */
export interface SleepDetector {
  /** Sets the longest time that may pass from now on; Infinity where no limit is known. */
  expectWithin(milliseconds: number): void;
  /** True when far more time passed than was expected, by the monotonic clock or by the wall clock. */
  hasSlept(): boolean;
}

const slackMs = 10_000;

/**
 * Compares the expected time with two clocks: the monotonic clock of Linux stands still while the machine sleeps, that
 * of macOS goes on. A wall clock that was set forward looks like sleep and is forgiven too.
 */
export function createSleepDetector(clock: Clock): SleepDetector {
  let since = { monotonic: clock.monotonic(), wall: clock.now() };
  let expectedMs = Number.POSITIVE_INFINITY;
  return {
    expectWithin(milliseconds) {
      since = { monotonic: clock.monotonic(), wall: clock.now() };
      expectedMs = milliseconds;
    },
    hasSlept() {
      const elapsed = clock.monotonic() - since.monotonic;
      const drift = clock.now() - since.wall - elapsed;
      return elapsed > expectedMs + slackMs || drift > slackMs;
    },
  };
}
