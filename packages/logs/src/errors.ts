/**
 * What went wrong, for programs.
 * - `bad-time`: a time expression that no accepted form fits
 * - `bad-pattern`: a search pattern that is no regular expression
 * - `bad-option`: a size, count or name outside its range
 * - `unwritable`: the folder or the live file cannot be created or opened for append
 * - `disposed`: the store was used after `dispose()`
 */
export type LogsErrorCode = 'bad-time' | 'bad-pattern' | 'bad-option' | 'unwritable' | 'disposed';

/** The one error class of this package; `code` tells the cases apart, `cause` keeps the system's own error. */
export class LogsError extends Error {
  override readonly name = 'LogsError';
  readonly code: LogsErrorCode;

  constructor(code: LogsErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
