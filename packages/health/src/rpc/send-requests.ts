import { failed, type Failure } from './failure.ts';
import { isRecord, outcomeOf, wasAnswered, type CallOutcome, type RpcRequest } from './outcome.ts';
import type { Reply } from './transport.ts';

/** Sends one payload to the server at `where` and waits for its reply. */
export interface Exchange {
  readonly where: string;
  readonly send: (payload: RpcRequest | readonly RpcRequest[]) => Promise<Reply>;
}

/** HTTP statuses that are not about batches: single calls would get them too. */
const notAboutBatches = new Set([401, 407, 429]);

/** Sends all requests as one batch; null when the server refuses batches. */
export async function sendBatch(
  requests: readonly RpcRequest[],
  exchange: Exchange,
): Promise<readonly CallOutcome[] | null> {
  const reply = await exchange.send(requests);
  if (reply.kind === 'value' && Array.isArray(reply.value)) {
    const replies: readonly unknown[] = reply.value;
    return requests.map((request) => outcomeOf(request, replies));
  }
  if (refusesBatches(reply)) return null;
  return requests.map((request) => singleOutcome(request, reply, exchange.where));
}

/** Sends the requests one after the other and stops asking at the first that gets no answer. */
export async function sendSingly(
  requests: readonly RpcRequest[],
  exchange: Exchange,
): Promise<readonly CallOutcome[]> {
  const outcomes: CallOutcome[] = [];
  for (const request of requests) {
    const before = outcomes.at(-1);
    // The server is gone: the next call would only wait as long again.
    if (before !== undefined && !wasAnswered(before)) outcomes.push(before);
    else outcomes.push(singleOutcome(request, await exchange.send(request), exchange.where));
  }
  return outcomes;
}

function singleOutcome(request: RpcRequest, reply: Reply, where: string): CallOutcome {
  if (reply.kind === 'value') return outcomeOf(request, [reply.value]);
  return reply.kind === 'status' ? statusFailure(reply.status, where) : reply;
}

function statusFailure(status: number, where: string): Failure {
  const cause = status < 500 ? 'rejected' : 'invalid-response';
  return failed(cause, `${where} answered HTTP ${status}`);
}

function refusesBatches(reply: Reply): boolean {
  if (reply.kind === 'value') return isRecord(reply.value) && 'error' in reply.value;
  if (reply.kind !== 'status') return false;
  return reply.status >= 400 && reply.status < 500 && !notAboutBatches.has(reply.status);
}
