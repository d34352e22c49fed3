import type { RpcEndpoint } from './endpoint.ts';
import { createRpcClient } from './rpc/client.ts';
import { wasAnswered, type CallOutcome } from './rpc/outcome.ts';

/** What one look at an endpoint found. */
export interface ProbeResult {
  /** True when anything gave a JSON-RPC answer, even an error. */
  readonly answered: boolean;
  readonly clientVersion: string | null;
  readonly networkId: string | null;
  /** Why there was no answer, else null. */
  readonly why: string | null;
}

/** The calls that say who answers. */
export const identityCalls = [{ method: 'web3_clientVersion' }, { method: 'net_version' }] as const;

/** Reads a string result; null for anything else. */
export function stringOf(outcome: CallOutcome | undefined): string | null {
  if (outcome?.kind !== 'ok' || typeof outcome.value !== 'string') return null;
  return outcome.value.slice(0, 256);
}

/**
 * Asks once whether a node answers JSON-RPC at all: readiness after a start.
 *
 * @example const { answered, clientVersion } = await probe(endpoint, { timeoutMs: 1_000 });
 */
export async function probe(
  endpoint: RpcEndpoint,
  { timeoutMs }: { readonly timeoutMs: number },
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
