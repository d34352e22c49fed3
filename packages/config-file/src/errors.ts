/** Names of the errors of this package; listed in the README and never reused. */
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
