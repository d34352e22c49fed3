/** Time: `now` may jump, `monotonic` and timers never do. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment. */
  monotonic(): number;
  /** Calls back once after so many milliseconds, at most 2^31-1; the answer cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // The first use of `performance` loads a millisecond of modules.
  monotonic: () => process.uptime() * 1000,
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
