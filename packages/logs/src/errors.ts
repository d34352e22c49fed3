/**
 * What went wrong, for programs; a code is never reused.
 * - `BAD_TIME`: a time expression in none of the accepted forms
 * - `BAD_PATTERN`: a search pattern that is no regular expression
 * - `BAD_EXPRESSION`: what `where` was given is no expression; the message shows the place
 * - `BAD_OPTION`: a size, count or name outside its range
 * - `UNWRITABLE`: the folder or the live file cannot be created or opened for append
 * - `DISPOSED`: the store was used after `dispose()`
 */
export type LogsErrorCode =
  | 'BAD_TIME'
  | 'BAD_PATTERN'
  | 'BAD_EXPRESSION'
  | 'BAD_OPTION'
  | 'UNWRITABLE'
  | 'DISPOSED';

/** The one error class of this package; `cause` is the system's error where there is one. */
export class LogsError extends Error {
  /** Stable name of the error. */
  readonly code: LogsErrorCode;

  constructor(code: LogsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LogsError';
    this.code = code;
  }
}
