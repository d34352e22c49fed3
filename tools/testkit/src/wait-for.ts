import { setTimeout as sleep } from 'node:timers/promises';

/** How long and how often {@link waitFor} looks. */
export interface WaitOptions {
  /** Milliseconds until it gives up. Long, for a machine with other work to do. @default 40_000 */
  readonly timeoutMs?: number;
  /** Milliseconds between the first two looks; each pause after it is half as long again. @default 20 */
  readonly everyMs?: number;
  /** Milliseconds of the longest pause; short ones are for what is there for a moment only. @default 200 */
  readonly longestPauseMs?: number;
  /** What is waited for, named in the error. */
  readonly what?: string;
}

/**
 * Looks at a condition until it gives something other than undefined, null or false, and returns that.
 * A look that throws counts as "not yet"; its last error is the cause of the timeout error.
 *
 * @example const pid = await waitFor(() => readPid(file), { what: 'the pid file' });
 */
export async function waitFor<T>(
  look: () => T | Promise<T>,
  {
    timeoutMs = 40_000,
    everyMs = 20,
    longestPauseMs = 200,
    what = 'the condition',
  }: WaitOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = performance.now() + timeoutMs;
  let pauseMs = everyMs;
  let cause: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) {
        return seen as Exclude<T, undefined | null | false>;
      }
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= deadline) {
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause });
    }
    await sleep(pauseMs);
    pauseMs = Math.max(everyMs, Math.min(pauseMs * 1.5, longestPauseMs));
  }
}
