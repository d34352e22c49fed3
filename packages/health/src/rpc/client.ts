import { describeEndpoint, type RpcEndpoint } from '../endpoint.ts';
import { failed } from './failure.ts';
import { createHttpTransport } from './http.ts';
import { createIpcTransport } from './ipc.ts';
import {
  isRecord,
  wasAnswered,
  type CallOutcome,
  type RpcCall,
  type RpcRequest,
} from './outcome.ts';
import { sendBatch, sendSingly, type Exchange } from './send-requests.ts';

/** Limits of one client. */
export interface RpcClientOptions {
  /** Milliseconds for one batch from connecting to the last byte, whatever the node does meanwhile. */
  readonly timeoutMs: number;
  /** Longest answer that is read, in bytes; of at most 64 levels and 100,000 values. @default 4 MiB */
  readonly maxResponseBytes?: number;
}

/** Calls one node. It never throws; a batch must end before the next begins. */
export interface RpcClient {
  /** Makes all calls in one request where the node allows that; returns one outcome per call, in their order. */
  batch(calls: readonly RpcCall[]): Promise<readonly CallOutcome[]>;
  /** Ends a running batch at once and closes the connection. */
  dispose(): void;
}

/** Makes a JSON-RPC client for one endpoint. It connects and loads nothing before the first call. */
export function createRpcClient(
  endpoint: RpcEndpoint,
  { timeoutMs, maxResponseBytes = 4 * 1024 * 1024 }: RpcClientOptions,
): RpcClient {
  const transport =
    endpoint.kind === 'http'
      ? createHttpTransport(endpoint, maxResponseBytes)
      : createIpcTransport(endpoint.path, maxResponseBytes);
  const where = describeEndpoint(endpoint);
  const pending = new Set<AbortController>();
  let nextId = 1;
  let refusesBatches = false;
  let disposed = false;

  function exchangeWithin(signal: AbortSignal, firstId: number): Exchange {
    const accepts = (value: unknown) => !isNotificationOrStale(value, firstId);
    return {
      where,
      async send(payload) {
        const reply = await transport.exchange(JSON.stringify(payload), { signal, accepts });
        if (disposed) return failed('disposed', 'the client was disposed');
        if (reply.kind !== 'failed' || !signal.aborted) return reply;
        return failed('timeout', `${where} did not answer within ${timeoutMs} ms`);
      },
    };
  }

  async function call(calls: readonly RpcCall[], signal: AbortSignal) {
    const exchange = exchangeWithin(signal, nextId);
    const requests = calls.map((each) => requestOf(each, nextId++));
    const mayBatch = requests.length > 1 && !refusesBatches;
    const batched = mayBatch ? await sendBatch(requests, exchange) : null;
    if (batched !== null) return batched;
    const outcomes = await sendSingly(requests, exchange);
    refusesBatches ||= mayBatch && outcomes.some(wasAnswered);
    return outcomes;
  }

  return {
    async batch(calls) {
      await transport.prepare();
      if (disposed) return calls.map(() => failed('disposed', 'the client was disposed'));
      const budget = new AbortController();
      const timer = setTimeout(() => budget.abort(), timeoutMs);
      pending.add(budget);
      try {
        return await call(calls, budget.signal);
      } finally {
        clearTimeout(timer);
        pending.delete(budget);
      }
    },
    dispose() {
      disposed = true;
      for (const budget of pending) budget.abort();
      transport.dispose();
    },
  };
}

const requestOf = ({ method, params = [] }: RpcCall, id: number): RpcRequest => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

/** A subscription's notification, or the late answer to an earlier request on the same connection. */
function isNotificationOrStale(value: unknown, firstId: number): boolean {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (!isRecord(one)) return false;
  return 'method' in one || (typeof one['id'] === 'number' && one['id'] < firstId);
}
