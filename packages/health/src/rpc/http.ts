import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';

import { describeEndpoint, withoutCredentials, type HttpEndpoint } from '../endpoint.ts';
import { connectionFailure, failed } from './failure.ts';
import { parseBounded } from './json-scanner.ts';
import type { Reply, Transport } from './transport.ts';

/** Where and how requests of one transport are sent. */
interface Connection {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: { readonly http: HttpAgent; readonly https: HttpsAgent };
  /** The endpoint in messages. */
  readonly where: string;
  readonly maxResponseBytes: number;
}

/**
 * Sends JSON-RPC over HTTP(S) on one kept-alive connection without proxy, redirect, retry or compression.
 * got is loaded with the first exchange, because it costs 60 ms and 14 MB.
 */
export function createHttpTransport(endpoint: HttpEndpoint, maxResponseBytes: number): Transport {
  const { url, headers = {} } = withoutCredentials(endpoint);
  const where = describeEndpoint(endpoint);
  // The environment can make the global agent use a proxy (Node 24), so the connection has its own agents.
  const pool = { keepAlive: true, maxSockets: 1 };
  // To import them reads all that they export, and on Node 24 that loads 40 ms of fetch and WebSocket.
  const agent = {
    http: new (process.getBuiltinModule('node:http').Agent)(pool),
    https: new (process.getBuiltinModule('node:https').Agent)(pool),
  };
  const connection: Connection = { url, headers, agent, where, maxResponseBytes };
  let answeredBefore = false;

  async function postTwiceAfterReset(payload: string, signal: AbortSignal): Promise<Reply> {
    try {
      return await post(connection, payload, signal);
    } catch (error) {
      // The node may close an idle connection just when it is used again (RFC 9112, section 9.3.1).
      if (!answeredBefore || signal.aborted || !wasReset(error)) throw error;
      return await post(connection, payload, signal);
    }
  }

  return {
    // If got cannot be loaded, the exchange fails and gives the reason.
    prepare: () => import('got').catch(() => undefined),
    async exchange(payload, { signal }) {
      try {
        const reply = await postTwiceAfterReset(payload, signal);
        answeredBefore = true;
        return reply;
      } catch (error) {
        answeredBefore = false;
        return connectionFailure(error, where);
      }
    },
    dispose() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

async function post(connection: Connection, body: string, signal: AbortSignal): Promise<Reply> {
  const { url, headers, agent, where, maxResponseBytes } = connection;
  const { got } = await import('got');
  const limit = { exceeded: false };
  const request = got.post(url, {
    body,
    signal,
    agent,
    headers: { 'user-agent': 'wemixvisor', 'content-type': 'application/json', ...headers },
    responseType: 'buffer',
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
  });
  void request.on('downloadProgress', ({ transferred }) => {
    limit.exceeded ||= transferred > maxResponseBytes;
    if (limit.exceeded) request.cancel();
  });
  try {
    const { statusCode, body: bytes } = await request;
    return parseReply(statusCode, bytes, where);
  } catch (error) {
    if (!limit.exceeded) throw error;
    const why = `${where} answered with more than ${maxResponseBytes} bytes`;
    return failed('invalid-response', why);
  }
}

function wasReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

function parseReply(status: number, body: Buffer, where: string): Reply {
  const success = status >= 200 && status < 300;
  try {
    const value: unknown = parseBounded(body);
    // Some servers send a JSON-RPC error together with a 4xx or 5xx.
    if (success || isRpcReply(value)) return { kind: 'value', value };
  } catch (error) {
    const what = error instanceof RangeError ? error.message : 'something that is not JSON';
    if (success) return failed('invalid-response', `${where} answered with ${what}`);
  }
  return { kind: 'status', status };
}

function isRpcReply(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null && 'jsonrpc' in value;
}
