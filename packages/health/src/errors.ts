/** What can be wrong with what the caller gave; codes are listed in the README and never reused. */
export type HealthErrorCode = 'bad-endpoint' | 'bad-option';

/** The one error class of this package; a node that does not answer is a value, never an error. */
export class HealthError extends Error {
  readonly code: HealthErrorCode;

  constructor(code: HealthErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HealthError';
    this.code = code;
  }
}
