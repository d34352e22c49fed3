import { AppError } from '../app-error.ts';
import type { AppContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

/**
 * Waits for work that the supervisor or the node carries on without this program. Ctrl-C ends the waiting alone, and `goesOn` says what
 * continues; a second Ctrl-C ends the program at once.
 *
 * @throws AppError with exit code 130 and `goesOn` after Ctrl-C.
 */
export async function untilCtrlC<T>(
  context: Pick<AppContext, 'onSignal'>,
  goesOn: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let unsubscribe = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    unsubscribe = context.onSignal('SIGINT', () => {
      const error = new AppError(goesOn, { exitCode: exitCodes.interrupted });
      abort.abort(error);
      reject(error);
    });
  });
  try {
    return await Promise.race([work(abort.signal), interrupted]);
  } finally {
    unsubscribe();
  }
}
