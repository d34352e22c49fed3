import type { Clock } from './ports.ts';

/** When conditions are looked at. */
export interface LookSchedule {
  /** Looks soon, once for everything that happens at the same time. */
  request(): void;
  /** No look after this. */
  end(): void;
}

/** Milliseconds between two looks when nothing happens: delayed conditions and reminders come due. */
const lookEveryMs = 5_000;

/** Calls `look` after each request, as soon as `settled` resolves, and every five seconds. */
export function scheduleLooks(
  { look, settled }: { readonly look: () => void; readonly settled: () => Promise<void> },
  clock: Clock,
): LookSchedule {
  let soon: Promise<void> | null = null;
  let cancelTimer = (): void => {};
  let ended = false;

  function request(): void {
    if (ended) return;
    // Later, when everybody else has heard of what happened too.
    soon ??= Promise.resolve()
      .then(settled)
      .catch(() => {})
      .then(() => {
        soon = null;
        if (!ended) look();
      });
  }

  function repeat(): void {
    cancelTimer = clock.setTimer(() => {
      request();
      repeat();
    }, lookEveryMs);
  }

  repeat();
  return {
    request,
    end() {
      ended = true;
      cancelTimer();
    },
  };
}
