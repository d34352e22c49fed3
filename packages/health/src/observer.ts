import type { RpcEndpoint } from './endpoint.ts';
import type { Observation } from './observation.ts';
import type { ResolvedOptions } from './options.ts';
import type { HealthPorts } from './ports.ts';
import { noEndpointFindings, queryNode, queryReference } from './query-node.ts';
import type { RpcClient } from './rpc/client.ts';

/** What is asked for beside the figures of every check. */
interface Wanted {
  /** Who the node says it is. */
  readonly identity: boolean;
  /** Why it stands still, where it says so. */
  readonly complaint: boolean;
}

/** Observes one node with one set of options. */
export interface Observer {
  observe(wanted: Wanted): Promise<Observation>;
  /** Ends a running observation and closes the connections. */
  dispose(): void;
}

/** Keeps the connections to the node and to the reference node open between checks. */
export function createObserver(options: ResolvedOptions, ports: HealthPorts): Observer {
  const { endpoint, referenceEndpoint, dataDirectory, timeoutMs } = options;
  const { clock } = ports;
  const clientOf = (to: RpcEndpoint | null): RpcClient | null =>
    to === null ? null : ports.createRpcClient(to, { timeoutMs });
  const node = clientOf(endpoint);
  const reference = clientOf(referenceEndpoint);

  async function timed(withIdentity: boolean) {
    const startedAt = clock.monotonic();
    const findings = node === null ? noEndpointFindings : await queryNode(node, withIdentity);
    return { ...findings, latencyMs: clock.monotonic() - startedAt };
  }

  return {
    async observe({ identity, complaint }) {
      const [findings, referenceHead, freeDiskBytes, standstillReason, membership] =
        await Promise.all([
          timed(identity),
          reference === null ? null : queryReference(reference),
          dataDirectory === null ? null : ports.freeDiskBytes(dataDirectory, timeoutMs),
          complaint ? ports.standstillReason() : null,
          ports.membership(timeoutMs),
        ]);
      const [at, wallAt] = [clock.monotonic(), clock.now()];
      return {
        ...findings,
        ...{ at, wallAt, freeDiskBytes, standstillReason, membership },
        referenceHead: referenceHead ?? membership?.highestBlock ?? null,
      };
    },
    dispose() {
      node?.dispose();
      reference?.dispose();
    },
  };
}
