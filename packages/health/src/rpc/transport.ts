import type { Failure } from './failure.ts';

/** The reply to one payload; `status` is an HTTP error status without a JSON-RPC body. */
export type Reply =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'status'; readonly status: number }
  | Failure;

/** Limits of one exchange: it ends when the signal aborts and skips values that `accepts` refuses. */
interface ExchangeOptions {
  readonly signal: AbortSignal;
  readonly accepts: (value: unknown) => boolean;
}

/** Sends one JSON payload to the node and returns one JSON value; one exchange at a time, and it never throws. */
export interface Transport {
  /** Loads what an exchange needs, so that a slow disk does not count as a slow node. */
  prepare(): Promise<unknown>;
  exchange(payload: string, options: ExchangeOptions): Promise<Reply>;
  dispose(): void;
}
