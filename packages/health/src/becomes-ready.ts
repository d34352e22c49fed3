import type { RpcEndpoint } from './endpoint.ts';
import { withDefaultPorts, type Clock, type HealthPorts } from './ports.ts';
import { probe } from './probe.ts';

/** What {@link becomesReady} waits for. */
interface ReadinessOptions {
  /** Where the node answers; `null` when that is not known. */
  readonly endpoint: RpcEndpoint | null;
  /** Milliseconds of uptime that count as ready without an endpoint. @default 3_000 */
  readonly minimumUptimeMs?: number;
  /** Milliseconds between the end of one probe and the next. @default 250 */
  readonly everyMs?: number;
  /** Milliseconds for one probe, from connecting to the last byte. @default 2_000 */
  readonly timeoutMs?: number;
  /** Whether an answer counts, by the client version in it; null where it says none. @default every answer counts */
  readonly accepts?: (clientVersion: string | null) => boolean | Promise<boolean>;
  /** Ends the wait: the node is not starting any more. */
  readonly signal: AbortSignal;
}

/**
 * Waits until a node that was just started is ready: it answers JSON-RPC, even with an error, or, when no endpoint is
 * known, it has stayed up for a while. Resolves to false when the signal aborts first. It waits without limit otherwise,
 * because a database repair can take hours, and it never rejects.
 *
 * @example
 * import { becomesReady, parseEndpoint } from '@wemixvisor/health';
 *
 * const endpoint = parseEndpoint('http://127.0.0.1:8545');
 * if (await becomesReady({ endpoint, signal: AbortSignal.timeout(60_000) })) console.log('ready');
 */
export async function becomesReady(
  options: ReadinessOptions,
  ports: Partial<HealthPorts> = {},
): Promise<boolean> {
  const { endpoint, minimumUptimeMs = 3_000, everyMs = 250, timeoutMs = 2_000 } = options;
  const { accepts = () => true, signal } = options;
  const { clock, createRpcClient } = withDefaultPorts(ports);
  if (endpoint === null) return elapsed(clock, minimumUptimeMs, signal);
  do {
    const { answered, clientVersion } = await probe(endpoint, { timeoutMs }, createRpcClient);
    const counts = answered && !signal.aborted && (await accepts(clientVersion));
    if (signal.aborted) return false;
    if (counts) return true;
  } while (await elapsed(clock, everyMs, signal));
  return false;
}

/** Waits; false when the signal aborts before the time is over. */
function elapsed(clock: Clock, delayMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const onAbort = () => {
      cancel();
      resolve(false);
    };
    const cancel = clock.setTimer(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    }, delayMs);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
