import type { Head, RpcFindings } from './observation.ts';
import { parseQuantity } from './quantity.ts';
import type { RpcClient } from './rpc/client.ts';
import { failed, type Failure } from './rpc/failure.ts';
import { isRecord, wasAnswered, type CallOutcome } from './rpc/outcome.ts';
import { parseSyncing } from './sync-report.ts';

const statusCalls = [
  { method: 'eth_syncing' },
  { method: 'net_peerCount' },
  { method: 'eth_getBlockByNumber', params: ['latest', false] },
] as const;

/** The calls that identify a node. */
export const identityCalls = [{ method: 'web3_clientVersion' }, { method: 'eth_chainId' }] as const;

const genesisCall = { method: 'eth_getBlockByNumber', params: ['0x0', false] } as const;

/** The findings where no endpoint is known. */
export const noEndpointFindings: RpcFindings = {
  failure: failed('unreachable', 'no RPC endpoint is known'),
  syncing: null,
  peers: null,
  head: null,
};

/** Asks a node all that a check needs in one batch, with its identity where that is not known yet. */
export async function queryNode(client: RpcClient, withIdentity: boolean): Promise<RpcFindings> {
  const calls = withIdentity ? [...statusCalls, ...identityCalls, genesisCall] : statusCalls;
  const outcomes = await client.batch(calls);
  const [syncing, peers, block, version, chain, genesis] = outcomes;
  return {
    failure: failureOf(outcomes),
    syncing: parseSyncing(valueOf(syncing)),
    peers: parseQuantity(valueOf(peers)),
    head: parseHead(valueOf(block)),
    ...(withIdentity && {
      identity: {
        clientVersion: stringOf(version),
        chainId: parseQuantity(valueOf(chain)),
        genesisHash: hashOf(valueOf(genesis)),
      },
    }),
  };
}

/** Asks another node of the same chain for its head; null when it does not say. */
export async function queryReference(client: RpcClient): Promise<number | null> {
  const [number] = await client.batch([{ method: 'eth_blockNumber' }]);
  return parseQuantity(valueOf(number));
}

/** Reads a string result, at most 256 characters of it; null for anything else. */
export function stringOf(outcome: CallOutcome | undefined): string | null {
  const value = valueOf(outcome);
  return typeof value === 'string' ? value.slice(0, 256) : null;
}

function failureOf(outcomes: readonly CallOutcome[]): Failure | null {
  if (outcomes.some(wasAnswered)) return null;
  const first = outcomes[0];
  return first?.kind === 'failed' ? first : failed('invalid-response', 'the answer was empty');
}

function valueOf(outcome: CallOutcome | undefined): unknown {
  return outcome?.kind === 'ok' ? outcome.value : null;
}

function hashOf(block: unknown): string | null {
  const hash = isRecord(block) ? block['hash'] : null;
  return typeof hash === 'string' && /^0x[0-9a-f]{64}$/i.test(hash) ? hash.toLowerCase() : null;
}

function parseHead(value: unknown): Head | null {
  if (!isRecord(value)) return null;
  const number = parseQuantity(value['number']);
  const timestamp = parseQuantity(value['timestamp']);
  return number === null || timestamp === null ? null : { number, timestamp };
}
