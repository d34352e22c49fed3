/** Time: `now` may jump, `monotonic` and timers never do. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since a fixed moment. */
  monotonic(): number;
  /** Calls back once after that many milliseconds; the returned function cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** Node's timers hold at most 2^31-1 ms (24.8 days); longer waits are made of several. */
const longestTimer = 2 ** 31 - 1;

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs) {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const next = left - longestTimer;
      timer = setTimeout(next > 0 ? () => arm(next) : callback, Math.min(left, longestTimer));
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};
