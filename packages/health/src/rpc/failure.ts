/**
 * Why a call failed: `unreachable` (no connection, or it broke), `timeout`, `rejected` (an HTTP status or missing
 * permission: a server is there and does not let us in), `invalid-response` (no JSON-RPC, or too long), `rpc-error` (a
 * JSON-RPC error object), `disposed` (the caller gave up).
 */
export type FailureCause =
  | 'unreachable'
  | 'timeout'
  | 'rejected'
  | 'invalid-response'
  | 'rpc-error'
  | 'disposed';

/** A call without a result: the reason in words and the kind of failure. */
export interface Failure {
  readonly kind: 'failed';
  readonly why: string;
  readonly cause: FailureCause;
}

/** Makes a {@link Failure}. */
export function failed(cause: FailureCause, why: string): Failure {
  return { kind: 'failed', cause, why };
}

/** Explains a connection error to someone who looks for the node. */
export function connectionFailure(error: unknown, where: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ECONNREFUSED':
      return failed('unreachable', `nothing listens at ${where}`);
    case 'ENOENT':
      return failed('unreachable', `there is no socket at ${where}`);
    case 'EACCES':
    case 'EPERM':
      return failed('rejected', `no permission to connect to ${where}`);
    case 'ECONNRESET':
    case 'EPIPE':
      return failed('unreachable', `${where} broke the connection`);
    default:
      return failed('unreachable', `no connection to ${where}${code === '' ? '' : ` (${code})`}`);
  }
}
