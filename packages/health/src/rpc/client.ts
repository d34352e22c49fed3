import { describeEndpoint, type RpcEndpoint } from '../endpoint.ts';
import { createHttpTransport } from './http.ts';
import { createIpcTransport } from './ipc.ts';
import {
  isRecord,
  outcomeOf,
  wasAnswered,
  type CallOutcome,
  type RpcCall,
  type RpcRequest,
} from './outcome.ts';
import { failed, type Reply, type Transport } from './transport.ts';

/** Limits of one client. */
export interface RpcClientOptions {
  /** Milliseconds for one batch from connecting to the last byte, whatever the node does meanwhile. */
  readonly timeoutMs: number;
  /** Longest answer that is read, in bytes. @default 4 MiB */
  readonly maxResponseBytes?: number;
}

/** Calls one node; it never throws and batches may be asked one after the other only. */
export interface RpcClient {
  /** Makes all calls in one request where the node allows that; gives one outcome per call, in their order. */
  batch(calls: readonly RpcCall[]): Promise<readonly CallOutcome[]>;
  /** Ends at once what is under way and closes the connection. */
  dispose(): void;
}

/** HTTP statuses that say nothing about batches: single calls would meet them too. */
const notAboutBatches = new Set([401, 407, 429]);

/**
 * Makes a JSON-RPC client for one endpoint. Nothing is connected or loaded before the first call.
 *
 * @example
 * const client = createRpcClient(parseEndpoint('http://127.0.0.1:8545'), { timeoutMs: 5_000 });
 * const [peers] = await client.batch([{ method: 'net_peerCount' }]);
 */
export function createRpcClient(
  endpoint: RpcEndpoint,
  { timeoutMs, maxResponseBytes = 4 * 1024 * 1024 }: RpcClientOptions,
): RpcClient {
  const transport: Transport =
    endpoint.kind === 'http'
      ? createHttpTransport(endpoint, maxResponseBytes)
      : createIpcTransport(endpoint.path, maxResponseBytes);
  const where = describeEndpoint(endpoint);
  const underWay = new Set<AbortController>();
  let nextId = 1;
  let firstId = nextId;
  let refusesBatches = false;
  let disposed = false;

  const accepts = (value: unknown) => !isNotificationOrStale(value, firstId);

  async function exchange(payload: RpcRequest | readonly RpcRequest[], signal: AbortSignal) {
    const reply = await transport.exchange(JSON.stringify(payload), { signal, accepts });
    if (disposed) return failed('disposed', 'the client was disposed');
    if (reply.kind !== 'failed' || !signal.aborted) return reply;
    return failed('timeout', `${where} did not answer within ${timeoutMs} ms`);
  }

  async function oneByOne(requests: readonly RpcRequest[], signal: AbortSignal) {
    const outcomes: CallOutcome[] = [];
    for (const request of requests) {
      const before = outcomes.at(-1);
      // Where one call found nobody, the next would only wait as long again.
      const hopeless = before !== undefined && !wasAnswered(before);
      const reply = hopeless ? null : await exchange(request, signal);
      outcomes.push(reply === null ? (before as CallOutcome) : single(request, reply));
    }
    return outcomes;
  }

  function single(request: RpcRequest, reply: Reply): CallOutcome {
    if (reply.kind === 'value') return outcomeOf(request, [reply.value]);
    return reply.kind === 'status' ? statusFailure(reply.status) : reply;
  }

  function statusFailure(status: number) {
    return failed(status < 500 ? 'refused' : 'garbled', `${where} answered HTTP ${status}`);
  }

  async function together(requests: readonly RpcRequest[], signal: AbortSignal) {
    const reply = await exchange(requests, signal);
    if (reply.kind === 'value' && Array.isArray(reply.value)) {
      const replies: readonly unknown[] = reply.value;
      return requests.map((request) => outcomeOf(request, replies));
    }
    if (!refusesBatch(reply)) return requests.map((request) => single(request, reply));
    const outcomes = await oneByOne(requests, signal);
    refusesBatches = outcomes.some(wasAnswered);
    return outcomes;
  }

  return {
    async batch(calls) {
      await transport.prepare();
      if (disposed) return calls.map(() => failed('disposed', 'the client was disposed'));
      firstId = nextId;
      const requests = calls.map(({ method, params = [] }): RpcRequest => ({
        jsonrpc: '2.0',
        id: nextId++,
        method,
        params,
      }));
      const budget = new AbortController();
      const timer = setTimeout(() => budget.abort(), timeoutMs);
      underWay.add(budget);
      try {
        const alone = refusesBatches || requests.length === 1;
        return await (alone ? oneByOne : together)(requests, budget.signal);
      } finally {
        clearTimeout(timer);
        underWay.delete(budget);
      }
    },
    dispose() {
      disposed = true;
      for (const budget of underWay) budget.abort();
      transport.dispose();
    },
  };
}

function refusesBatch(reply: Reply): boolean {
  if (reply.kind === 'value') return isRecord(reply.value) && 'error' in reply.value;
  if (reply.kind !== 'status') return false;
  return reply.status >= 400 && reply.status < 500 && !notAboutBatches.has(reply.status);
}

/** A subscription's notice, or the late answer to an earlier request on the same connection. */
function isNotificationOrStale(value: unknown, firstId: number): boolean {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (!isRecord(one)) return false;
  return 'method' in one || (typeof one['id'] === 'number' && one['id'] < firstId);
}
