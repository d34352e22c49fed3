/** A clock that a test moves by hand. */
export interface FakeClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since the clock was made; never jumps. */
  monotonic(): number;
  /** Calls back once that many milliseconds have been advanced; the answer cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
  /** Lets time pass: due timers fire in order, and promises settle before each of them and afterwards. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back; timers do not notice. */
  jump(ms: number): void;
  /** Timers that are still armed. */
  readonly pending: number;
}

/**
 * Makes a clock that stands still until it is advanced.
 *
 * @example const clock = fakeClock(); await clock.advance(5_000);
 */
export function fakeClock(startAt = Date.UTC(2026, 0, 1)): FakeClock {
  let elapsed = 0;
  let offset = startAt;
  let sequence = 0;
  const timers = new Map<number, { readonly due: number; readonly callback: () => void }>();

  const next = (until: number): number | undefined => {
    const due = [...timers].filter(([, timer]) => timer.due <= until);
    due.sort(([a, one], [b, other]) => one.due - other.due || a - b);
    return due[0]?.[0];
  };

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    setTimer(callback, delayMs) {
      const id = ++sequence;
      timers.set(id, { due: elapsed + Math.max(0, delayMs), callback });
      return () => timers.delete(id);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await promisesSettled();
      for (let id = next(until); id !== undefined; id = next(until)) {
        const timer = timers.get(id);
        timers.delete(id);
        elapsed = Math.max(elapsed, timer?.due ?? elapsed);
        timer?.callback();
        await promisesSettled();
      }
      elapsed = until;
    },
    jump(ms) {
      offset += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** A macrotask later every chain of already resolvable promises has run to its end. */
const promisesSettled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
