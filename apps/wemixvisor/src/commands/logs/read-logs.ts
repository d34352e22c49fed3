import { LogsError } from '@wemixvisor/logs';
import { usageError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';

/**
 * Reads logs until they end; with `follow` until Ctrl-C. Ends as well when nobody takes the output.
 *
 * @throws AppError with exit code 64 for an expression that is wrong.
 */
export async function readLogs(
  { stdout, onSignal }: Pick<AppContext, 'stdout' | 'onSignal'>,
  follow: boolean,
  read: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  // Without --follow, Ctrl-C ends the process, even during a slow search in a long line.
  const stop = follow ? onSignal('SIGINT', () => abort.abort()) : () => {};
  // Nothing more is shown; whether the program has failed by that, its exit code says.
  stdout.on('error', () => abort.abort());
  try {
    await read(abort.signal);
  } catch (error) {
    throw error instanceof LogsError ? usageError(error.message) : error;
  } finally {
    stop();
  }
}
