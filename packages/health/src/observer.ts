import type { RpcEndpoint } from './endpoint.ts';
import { askNode, askReference, nothingSeen, type Observation } from './observation.ts';
import type { Thresholds } from './options.ts';
import type { HealthPorts } from './ports.ts';
import type { RpcClient } from './rpc/client.ts';

/** Makes observations of one node with one set of options. */
export interface Observer {
  observe(withIdentity: boolean): Promise<Observation>;
  /** Gives up what is under way and closes the connections. */
  dispose(): void;
}

/** Keeps the connections to the node and to the reference node from check to check. */
export function createObserver(thresholds: Thresholds, ports: HealthPorts): Observer {
  const { endpoint, referenceEndpoint, dataDirectory, timeoutMs } = thresholds;
  const clientOf = (to: RpcEndpoint | null): RpcClient | null =>
    to === null ? null : ports.createRpcClient(to, { timeoutMs });
  const node = clientOf(endpoint);
  const reference = clientOf(referenceEndpoint);

  async function timed(withIdentity: boolean) {
    const startedAt = ports.monotonicNow();
    const findings = node === null ? nothingSeen : await askNode(node, withIdentity);
    return { ...findings, latencyMs: ports.monotonicNow() - startedAt };
  }

  return {
    async observe(withIdentity) {
      const [findings, referenceHead, freeDiskBytes] = await Promise.all([
        timed(withIdentity),
        reference === null ? null : askReference(reference),
        dataDirectory === null ? null : ports.freeDiskBytes(dataDirectory, timeoutMs),
      ]);
      const [at, wallAt] = [ports.monotonicNow(), ports.wallNow()];
      return { ...findings, at, wallAt, referenceHead, freeDiskBytes };
    },
    dispose() {
      node?.dispose();
      reference?.dispose();
    },
  };
}
