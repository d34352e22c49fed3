/** A signal that aborts at a time limit. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Clears the timer. */
  release(): void;
}

/**
 * A signal that aborts after `timeoutMs`, or as soon as `outer` does.
 *
 * The timer holds its controller. `AbortSignal.any([outer, AbortSignal.timeout(ms)])` holds nothing: Node 20 may collect
 * such a signal as garbage before its time, and then it never aborts.
 */
export function timeLimit(outer: AbortSignal, timeoutMs: number): TimeLimit {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  outer.addEventListener('abort', abort, { once: true });
  if (outer.aborted) abort();
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}
