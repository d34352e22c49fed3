/** Why a call of this package failed; listed in the README and never reused. */
export type ProcessErrorCode =
  | 'CAPTURE_FAILED'
  | 'CLASSIFY_FAILED'
  | 'DETACHED'
  | 'LISTENER_FAILED'
  | 'PERSIST_FAILED'
  | 'PLATFORM_UNSUPPORTED'
  | 'POLICY_INVALID';

/** The one error this package throws: what happened, why, and what to do about it. */
export class ProcessError extends Error {
  /** Stable name of the failure. */
  readonly code: ProcessErrorCode;

  constructor(code: ProcessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProcessError';
    this.code = code;
  }
}
