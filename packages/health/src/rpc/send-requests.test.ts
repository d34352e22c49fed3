import { describe, expect, it } from 'vitest';

import { failed } from './failure.ts';
import type { RpcRequest } from './outcome.ts';
import { sendBatch, sendSingly } from './send-requests.ts';
import type { Reply } from './transport.ts';

const requests = ['eth_syncing', 'net_peerCount', 'debug_none'].map(
  (method, index): RpcRequest => ({ jsonrpc: '2.0', id: index + 1, method, params: [] }),
);
const silence = failed('timeout', 'no answer');

/** A server that gives these replies one after the other, and what it was sent. */
function server(...replies: readonly Reply[]) {
  const sent: unknown[] = [];
  const send = (payload: unknown) => {
    sent.push(payload);
    return Promise.resolve(replies[sent.length - 1] ?? silence);
  };
  return { sent, exchange: { where: 'http://node', send } };
}

const value = (content: unknown): Reply => ({ kind: 'value', value: content });
const status = (code: number): Reply => ({ kind: 'status', status: code });

describe('a batch', () => {
  it('finds each reply by its id, whatever their order', async () => {
    const { exchange, sent } = server(
      value([
        { id: 2, result: '0x8' },
        { id: 9, result: 'of nobody' },
        { id: 3, error: { code: -32601, message: 'no such thing' } },
        { id: 1, result: false },
      ]),
    );
    expect(await sendBatch(requests, exchange)).toEqual([
      { kind: 'ok', value: false },
      { kind: 'ok', value: '0x8' },
      { kind: 'unknown', why: 'debug_none is not offered: no such thing' },
    ]);
    expect(sent).toEqual([requests]);
  });

  it.each([
    [400, 404, 405, 415, 499].map(status),
    [value({ id: null, error: { code: -32600, message: 'no batches' } })],
  ])('is refused by a server that answers %j', async (...replies) => {
    for (const reply of replies) {
      expect(await sendBatch(requests, server(reply).exchange)).toBeNull();
    }
  });

  it.each([
    [401, 'rejected'],
    [407, 'rejected'],
    [429, 'rejected'],
    [304, 'rejected'],
    [500, 'invalid-response'],
    [503, 'invalid-response'],
  ])('fails as a whole with HTTP %i: %s', async (code, cause) => {
    const outcome = { kind: 'failed', cause, why: `http://node answered HTTP ${code}` };
    expect(await sendBatch(requests, server(status(code)).exchange)).toEqual([
      ...[outcome, outcome, outcome],
    ]);
  });

  it('fails as a whole when nobody answers', async () => {
    const outcomes = await sendBatch(requests, server(silence).exchange);
    expect(outcomes).toEqual([silence, silence, silence]);
  });

  it.each([null, 'text', 7, { result: 1 }])(
    'gives no outcome for the answer %j',
    async (answer) => {
      const outcomes = await sendBatch(requests, server(value(answer)).exchange);
      expect(outcomes).toMatchObject(requests.map(() => ({ cause: 'invalid-response' })));
    },
  );
});

describe('single calls', () => {
  it('are sent one after the other', async () => {
    const { exchange, sent } = server(
      value({ id: 1, result: false }),
      value({ id: 2, error: { code: 1, message: 'net_peerCount is not supported' } }),
      value({ id: 3, error: { code: 1, message: 'database is closed' } }),
    );
    expect(await sendSingly(requests, exchange)).toEqual([
      { kind: 'ok', value: false },
      { kind: 'unknown', why: 'net_peerCount is not offered: net_peerCount is not supported' },
      failed('rpc-error', 'debug_none answered with an error: database is closed'),
    ]);
    expect(sent).toEqual(requests);
  });

  it('end with the first that has no answer', async () => {
    const { exchange, sent } = server(value({ id: 1, result: 1 }), silence, silence);
    expect(await sendSingly(requests, exchange)).toEqual([
      ...[{ kind: 'ok', value: 1 }, silence, silence],
    ]);
    expect(sent).toHaveLength(2);
  });

  it.each([
    [
      { id: 1, error: { message: 'eth_syncing: 7' } },
      'eth_syncing answered with an error: eth_syncing: 7',
    ],
    [
      { id: 1, error: { message: 'block not found' } },
      'eth_syncing answered with an error: block not found',
    ],
    [{ id: 1, error: { code: 5 } }, 'eth_syncing answered with an error: '],
    [{ id: 1, error: 'text' }, 'the reply to eth_syncing has neither result nor error'],
    [{ id: 1 }, 'the reply to eth_syncing has neither result nor error'],
    [{ id: 2, result: 1 }, 'no reply to eth_syncing among those that came'],
    [[1], 'no reply to eth_syncing among those that came'],
  ])('explain the reply %j', async (reply, why) => {
    const [outcome] = await sendSingly(requests.slice(0, 1), server(value(reply)).exchange);
    expect(outcome).toMatchObject({ kind: 'failed', why });
  });

  it('cut a message to 200 characters', async () => {
    const reply = value({ id: 1, error: { message: 'x'.repeat(1_000) } });
    const [outcome] = await sendSingly(requests.slice(0, 1), server(reply).exchange);
    expect(outcome).toMatchObject({
      why: `eth_syncing answered with an error: ${'x'.repeat(200)}`,
    });
  });
});
