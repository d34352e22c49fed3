/**
 * What went wrong, for programs.
 * - `BAD_TIME`: a time expression in none of the accepted forms
 * - `BAD_PATTERN`: a search pattern that is no regular expression
 * - `BAD_OPTION`: a size, count or name outside its range
 * - `UNWRITABLE`: the folder or the live file cannot be created or opened for append
 * - `DISPOSED`: the store was used after `dispose()`
 */
export type LogsErrorCode = 'BAD_TIME' | 'BAD_PATTERN' | 'BAD_OPTION' | 'UNWRITABLE' | 'DISPOSED';

/** The one error class of this package; `code` tells the cases apart, `cause` keeps the system's own error. */
export class LogsError extends Error {
  override readonly name = 'LogsError';
  readonly code: LogsErrorCode;

  constructor(code: LogsErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
