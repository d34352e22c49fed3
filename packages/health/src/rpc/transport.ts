/**
 * Why a call failed: `unreachable` (no connection, or it broke), `timeout`, `refused` (an HTTP status, or no permission:
 * something answers, but not to us), `garbled` (not JSON-RPC, or too long), `rpc-error` (a JSON-RPC error object),
 * `disposed` (given up by the caller).
 */
export type FailureCause =
  'unreachable' | 'timeout' | 'refused' | 'garbled' | 'rpc-error' | 'disposed';

/** A call that brought no result: why in words, and the kind of failure. */
export interface Failure {
  readonly kind: 'failed';
  readonly why: string;
  readonly cause: FailureCause;
}

/** What came back for one payload; `status` is an HTTP status other than success without a JSON-RPC body. */
export type Reply =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'status'; readonly status: number }
  | Failure;

/** One exchange: gives up when the signal aborts, passes over values that do not belong to it. */
export interface ExchangeOptions {
  readonly signal: AbortSignal;
  readonly accepts: (value: unknown) => boolean;
}

/** Carries one JSON payload to the node and one JSON value back; one exchange at a time, and it never throws. */
export interface Transport {
  /** Loads what an exchange needs, so that a slow disk is not taken for a slow node. */
  prepare(): Promise<unknown>;
  exchange(payload: string, options: ExchangeOptions): Promise<Reply>;
  dispose(): void;
}

/** Makes a {@link Failure}. */
export function failed(cause: FailureCause, why: string): Failure {
  return { kind: 'failed', cause, why };
}

/** Says in words what a connection's error means for someone who looks for the node. */
export function connectionFailure(error: unknown, where: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ECONNREFUSED':
      return failed('unreachable', `nothing listens at ${where}`);
    case 'ENOENT':
      return failed('unreachable', `there is no socket at ${where}`);
    case 'EACCES':
    case 'EPERM':
      return failed('refused', `no permission to connect to ${where}`);
    case 'ECONNRESET':
    case 'EPIPE':
      return failed('unreachable', `${where} broke the connection`);
    default:
      return failed('unreachable', `no connection to ${where}${code === '' ? '' : ` (${code})`}`);
  }
}
