import type { History } from '../history.ts';
import type { ResolvedOptions } from '../options.ts';

/** Does the node answer JSON-RPC? `healthy` is null before its first answer, or where no endpoint is known. */
export interface RpcEndpointCheck {
  readonly healthy: boolean | null;
  readonly latency_ms: number | null;
  /** Consecutive failed checks. */
  readonly failures: number;
  /** Why the last check had no answer. */
  readonly why: string | null;
}

/** Checks whether the endpoint answered the last check; the verdict decides how many failures matter. */
export function checkRpcEndpoint(
  history: History,
  { endpoint }: ResolvedOptions,
): RpcEndpointCheck {
  const { last, failures } = history;
  const failure = last?.failure ?? null;
  const known = endpoint !== null && (history.answered || history.expected) && last !== null;
  return {
    healthy: known ? failures === 0 : null,
    latency_ms: last !== null && failure === null ? Math.round(last.latencyMs) : null,
    failures,
    why: failure?.why ?? null,
  };
}
