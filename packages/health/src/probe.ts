import type { RpcEndpoint } from './endpoint.ts';
import { identityCalls, stringOf } from './query-node.ts';
import type { createRpcClient } from './rpc/client.ts';
import { wasAnswered } from './rpc/outcome.ts';

/** What one probe of an endpoint found. */
interface ProbeResult {
  /** True when a server gave a JSON-RPC answer, even an error. */
  readonly answered: boolean;
  readonly clientVersion: string | null;
  /** Why there was no answer, else null. */
  readonly why: string | null;
}

/** Limits of one probe. */
interface ProbeOptions {
  /** Milliseconds from connecting to the last byte. */
  readonly timeoutMs: number;
}

/**
 * Asks once whether a node answers JSON-RPC at all. It never throws.
 */
export async function probe(
  endpoint: RpcEndpoint,
  { timeoutMs }: ProbeOptions,
  connect: typeof createRpcClient,
): Promise<ProbeResult> {
  const client = connect(endpoint, { timeoutMs });
  try {
    const outcomes = await client.batch(identityCalls);
    const [version] = outcomes;
    const answered = outcomes.some(wasAnswered);
    const why = !answered && version !== undefined && version.kind !== 'ok' ? version.why : null;
    return { answered, clientVersion: stringOf(version), why };
  } finally {
    client.dispose();
  }
}
