import { identityCalls, stringOf } from './probe.ts';
import { parseQuantity } from './quantity.ts';
import type { RpcClient } from './rpc/client.ts';
import { isRecord, wasAnswered, type CallOutcome } from './rpc/outcome.ts';
import { failed, type Failure } from './rpc/transport.ts';
import { parseSyncing, type SyncReport } from './sync-report.ts';

/** The newest block a node has; the timestamp is in epoch seconds, as the chain tells it. */
export interface Head {
  readonly number: number;
  readonly timestamp: number;
}

/** What one check of the RPC endpoint found; null = the node does not say. */
export interface RpcFindings {
  /** Null when the node answered. */
  readonly failure: Failure | null;
  readonly syncing: SyncReport | false | null;
  readonly peers: number | null;
  readonly head: Head | null;
  /** Undefined when it was not asked. */
  readonly clientVersion?: string | null;
  readonly networkId?: string | null;
}

/** One finished check; `at` and `latencyMs` are of a clock that never jumps, `wallAt` is in epoch milliseconds. */
export interface Observation extends RpcFindings {
  readonly at: number;
  readonly wallAt: number;
  readonly latencyMs: number;
  readonly freeDiskBytes: number | null;
  readonly referenceHead: number | null;
}

/** What is found where there is nobody to ask. */
export const nothingSeen: RpcFindings = {
  failure: failed('unreachable', 'no RPC endpoint is known'),
  syncing: null,
  peers: null,
  head: null,
};

const calls = [
  { method: 'eth_syncing' },
  { method: 'net_peerCount' },
  { method: 'eth_getBlockByNumber', params: ['latest', false] },
] as const;

/** Asks a node all that a check needs in one batch, and who it is when that is not known yet. */
export async function askNode(client: RpcClient, withIdentity: boolean): Promise<RpcFindings> {
  const outcomes = await client.batch(withIdentity ? [...calls, ...identityCalls] : calls);
  const [syncing, peers, block, version, network] = outcomes;
  return {
    failure: failureOf(outcomes),
    syncing: parseSyncing(valueOf(syncing)),
    peers: parseQuantity(valueOf(peers)),
    head: parseHead(valueOf(block)),
    ...(withIdentity && { clientVersion: stringOf(version), networkId: stringOf(network) }),
  };
}

/** Asks another node of the same chain for its head; null when it does not say. */
export async function askReference(client: RpcClient): Promise<number | null> {
  const [number] = await client.batch([{ method: 'eth_blockNumber' }]);
  return parseQuantity(valueOf(number));
}

function failureOf(outcomes: readonly CallOutcome[]): Failure | null {
  if (outcomes.some(wasAnswered)) return null;
  const first = outcomes[0];
  return first?.kind === 'failed' ? first : failed('garbled', 'the answer was empty');
}

function valueOf(outcome: CallOutcome | undefined): unknown {
  return outcome?.kind === 'ok' ? outcome.value : null;
}

function parseHead(value: unknown): Head | null {
  if (!isRecord(value)) return null;
  const number = parseQuantity(value['number']);
  const timestamp = parseQuantity(value['timestamp']);
  return number === null || timestamp === null ? null : { number, timestamp };
}
