import type { HealthPorts } from './ports.ts';

/** Tells whether this process was absent: the machine slept, or the process was stopped or starved. */
export interface SleepDetector {
  /** From now on nothing should take longer than this; Infinity where that cannot be said. */
  expectWithin(milliseconds: number): void;
  /** True when far more time went by than was expected, by the monotonic clock or by the wall clock. */
  hasSlept(): boolean;
}

const slackMs = 10_000;

/**
 * Compares what should have happened with two clocks: Linux' monotonic clock stands still while the machine sleeps,
 * that of macOS goes on. A wall clock set forward looks the same and is forgiven too.
 */
export function createSleepDetector({
  monotonicNow,
  wallNow,
}: Pick<HealthPorts, 'monotonicNow' | 'wallNow'>): SleepDetector {
  let since = { monotonic: monotonicNow(), wall: wallNow() };
  let expectedMs = Number.POSITIVE_INFINITY;
  return {
    expectWithin(milliseconds) {
      since = { monotonic: monotonicNow(), wall: wallNow() };
      expectedMs = milliseconds;
    },
    hasSlept() {
      const elapsed = monotonicNow() - since.monotonic;
      const drift = wallNow() - since.wall - elapsed;
      return elapsed > expectedMs + slackMs || drift > slackMs;
    },
  };
}
