import type { Clock } from '../../clock.ts';

/** Resolves after so many milliseconds, and at once when a signal is aborted. */
export function rest(
  ms: number,
  signals: readonly AbortSignal[],
  clock: Pick<Clock, 'setTimer'>,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      for (const signal of signals) signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.setTimer(end, ms);
    for (const signal of signals) signal.addEventListener('abort', end);
    if (signals.some(({ aborted }) => aborted)) end();
  });
}
