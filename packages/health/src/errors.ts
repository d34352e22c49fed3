/**
 * What was wrong with a value from the caller, for programs; a code is never reused.
 * - `BAD_ENDPOINT`: `parseEndpoint` was given neither a URL nor a path
 * - `BAD_OPTION`: a number out of range
 */
export type HealthErrorCode = 'BAD_ENDPOINT' | 'BAD_OPTION';

/** The one error class of this package; a node that does not answer is a value, never an error. */
export class HealthError extends Error {
  /** Stable name of the error. */
  readonly code: HealthErrorCode;

  constructor(code: HealthErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HealthError';
    this.code = code;
  }
}
