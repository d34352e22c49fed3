/**
 * What went wrong, for programs; a code is never reused.
 * - `NOT_A_FILE`: a file that may be missing is no ordinary file
 * - `NOT_TOML`: it is not TOML; the message names line and column
 * - `NOT_TRUSTED`: others could have written it; the message says how to end that
 * - `TOO_LARGE`: it is over 64 KiB
 * - `UNREADABLE`: it cannot be opened or read
 */
export type ConfigErrorCode =
  | 'NOT_A_FILE'
  | 'NOT_TOML'
  | 'NOT_TRUSTED'
  | 'TOO_LARGE'
  | 'UNREADABLE';

/** The one error class of this package; `cause` is the system's error where there is one. */
export class ConfigError extends Error {
  /** Stable name of the error. */
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigError';
    this.code = code;
  }
}
