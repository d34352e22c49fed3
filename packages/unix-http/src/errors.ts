/** Names of the errors of this package; listed in the README and never reused. */
export type UnixHttpErrorCode =
  | 'BAD_ANSWER'
  | 'BAD_REQUEST'
  | 'BUSY'
  | 'CONNECTION_LOST'
  | 'CUT_OFF'
  | 'ENDING'
  | 'FOLDER_NOT_PRIVATE'
  | 'NOBODY_LISTENS'
  | 'NOT_ALLOWED'
  | 'TOO_LARGE';

/** The one error class of this package; `cause` is the system's error where there is one. */
export class UnixHttpError extends Error {
  /** Stable name of the error. */
  readonly code: UnixHttpErrorCode;

  constructor(code: UnixHttpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnixHttpError';
    this.code = code;
  }
}
