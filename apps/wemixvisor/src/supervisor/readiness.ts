import { setTimeout as sleep } from 'node:timers/promises';
import { probe, type RpcEndpoint } from '@wemixvisor/health';

/** How readiness is looked for. */
export interface ReadinessOptions {
  /** Where the node answers; null where it is not known. */
  readonly endpoint: RpcEndpoint | null;
  /** Milliseconds of uptime that count as ready where there is no endpoint. @default 3_000 */
  readonly minimumUptimeMs?: number;
  /** Milliseconds between two looks. @default 250 */
  readonly everyMs?: number;
  readonly signal: AbortSignal;
}

/**
 * Returns true once the node is ready: it answered JSON-RPC, or, where no endpoint is known, it has stayed up a while.
 * Returns false when the signal says that the node is not starting any more.
 */
export async function becomesReady({
  endpoint,
  minimumUptimeMs = 3_000,
  everyMs = 250,
  signal,
}: ReadinessOptions): Promise<boolean> {
  if (endpoint === null) return elapsed(minimumUptimeMs, signal);
  do {
    const { answered } = await probe(endpoint, { timeoutMs: 2_000 });
    if (signal.aborted) return false;
    if (answered) return true;
  } while (await elapsed(everyMs, signal));
  return false;
}

async function elapsed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
