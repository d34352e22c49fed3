import type { RpcEndpoint } from './endpoint.ts';
import { identityCalls, stringOf } from './query-node.ts';
import { createRpcClient } from './rpc/client.ts';
import { wasAnswered } from './rpc/outcome.ts';

/** What one probe of an endpoint found. */
interface ProbeResult {
  /** True when a server gave a JSON-RPC answer, even an error. */
  readonly answered: boolean;
  readonly clientVersion: string | null;
  readonly networkId: string | null;
  /** Why there was no answer, else null. */
  readonly why: string | null;
}

/** Limits of one probe. */
interface ProbeOptions {
  /** Milliseconds from connecting to the last byte. @default 5_000 */
  readonly timeoutMs?: number;
}

/**
 * Asks once whether a node answers JSON-RPC at all: readiness after a start. It never throws.
 *
 * @example const { answered, clientVersion } = await probe(parseEndpoint('http://127.0.0.1:8545'));
 */
export async function probe(
  endpoint: RpcEndpoint,
  { timeoutMs = 5_000 }: ProbeOptions = {},
): Promise<ProbeResult> {
  const client = createRpcClient(endpoint, { timeoutMs });
  try {
    const outcomes = await client.batch(identityCalls);
    const [version, network] = outcomes;
    const answered = outcomes.some(wasAnswered);
    const why = !answered && version !== undefined && version.kind !== 'ok' ? version.why : null;
    return { answered, clientVersion: stringOf(version), networkId: stringOf(network), why };
  } finally {
    client.dispose();
  }
}
