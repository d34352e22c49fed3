import { failed, type Failure } from './failure.ts';

/** One JSON-RPC call. */
export interface RpcCall {
  readonly method: string;
  readonly params?: readonly unknown[];
}

/** The result of one call; `unknown` means that the node does not offer the method, which says nothing about its health. */
export type CallOutcome =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'unknown'; readonly why: string }
  | Failure;

/** A request in its form on the wire. */
export interface RpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

const methodNotFound = -32601;
const notOffered = /does not exist|not available|not supported|unsupported|not found|not enabled/i;

/** True when the node sent a JSON-RPC answer, a result or an error: a node is there. */
export function wasAnswered(outcome: CallOutcome): boolean {
  return outcome.kind !== 'failed' || outcome.cause === 'rpc-error';
}

/** Finds the reply to one request; replies with ids that nobody asked for are ignored. */
export function outcomeOf(request: RpcRequest, replies: readonly unknown[]): CallOutcome {
  const reply = replies.find((one) => isRecord(one) && one['id'] === request.id);
  if (!isRecord(reply)) {
    return failed('invalid-response', `no reply to ${request.method} among those that came`);
  }
  if (isRecord(reply['error'])) return errorOutcome(request.method, reply['error']);
  if ('result' in reply) return { kind: 'ok', value: reply['result'] };
  return failed('invalid-response', `the reply to ${request.method} has neither result nor error`);
}

function errorOutcome(method: string, error: Record<string, unknown>): CallOutcome {
  const message = typeof error['message'] === 'string' ? error['message'].slice(0, 200) : '';
  if (error['code'] === methodNotFound || (message.includes(method) && notOffered.test(message))) {
    return { kind: 'unknown', why: `${method} is not offered: ${message}` };
  }
  return failed('rpc-error', `${method} answered with an error: ${message}`);
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
