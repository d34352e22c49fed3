/** Names of the errors of this package; listed in the README and never reused. */
export type ProcessErrorCode =
  | 'BYTES_UNKNOWN'
  | 'CAPTURE_FAILED'
  | 'CLASSIFY_FAILED'
  | 'DETACHED'
  | 'HOLD_CHECK_FAILED'
  | 'LISTENER_FAILED'
  | 'LOCK_FAILED'
  | 'NODE_UNKNOWN'
  | 'PERSIST_FAILED'
  | 'PLATFORM_UNSUPPORTED'
  | 'POLICY_INVALID'
  | 'RECORD_UNREADABLE';

/** The one error class of this package; the message says what failed, why, and what to do. */
export class ProcessError extends Error {
  /** Stable name of the error. */
  readonly code: ProcessErrorCode;

  constructor(code: ProcessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProcessError';
    this.code = code;
  }
}
