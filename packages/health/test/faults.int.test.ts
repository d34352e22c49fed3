import { startRpcServer, type RpcFault, type RpcServer } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';

import type { RpcEndpoint } from '../src/index.ts';
import { probe } from '../src/probe.ts';
import { createRpcClient } from '../src/rpc/client.ts';
import type { CallOutcome } from '../src/rpc/outcome.ts';

const transports: readonly [string, (server: RpcServer) => RpcEndpoint][] = [
  ['HTTP', ({ url }) => ({ kind: 'http', url })],
  ['IPC', ({ ipcPath }) => ({ kind: 'ipc', path: ipcPath })],
];
const calls = [{ method: 'eth_syncing' }, { method: 'net_peerCount' }, { method: 'debug_none' }];
const inOrder: readonly unknown[] = [
  { kind: 'ok', value: false },
  { kind: 'ok', value: '0x8' },
  { kind: 'unknown', why: expect.stringContaining('debug_none') },
];

function failures(cause: string): readonly unknown[] {
  return calls.map(() => ({ kind: 'failed', cause, why: expect.any(String) }));
}

async function batchWith(server: RpcServer, endpoint: RpcEndpoint, fault: RpcFault) {
  server.fault = fault;
  // Only these end by the timeout; all others answer, whatever a busy machine takes for it.
  const timeoutMs = fault === 'hangs' || fault === 'drips' ? 150 : 20_000;
  const client = createRpcClient(endpoint, { timeoutMs, maxResponseBytes: 1_000_000 });
  const outcomes = await client.batch(calls);
  client.dispose();
  return outcomes;
}

describe.each(transports)('over %s', (_name, endpointOf) => {
  it('gives one outcome per call, in order, from one request', async () => {
    await using server = await startRpcServer();
    expect(await batchWith(server, endpointOf(server), 'none')).toEqual(inOrder);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['hangs', 'timeout'],
    ['drips', 'timeout'],
    ['resets', 'unreachable'],
    ['garbage', 'invalid-response'],
    ['binary', 'invalid-response'],
    ['huge', 'invalid-response'],
    ['wrong-ids', 'invalid-response'],
  ] as const)('calls a server that answers in the way "%s" %s', async (fault, cause) => {
    await using server = await startRpcServer();
    expect(await batchWith(server, endpointOf(server), fault)).toEqual(failures(cause));
  });

  it('asks one by one where batches are refused, and remembers that', async () => {
    await using server = await startRpcServer();
    server.fault = 'refuses-batches';
    const client = createRpcClient(endpointOf(server), { timeoutMs: 2_000 });
    expect(await client.batch(calls)).toEqual(inOrder);
    expect(server.received).toHaveLength(4);
    expect(await client.batch(calls)).toEqual(inOrder);
    expect(server.received).toHaveLength(7);
    client.dispose();
  });

  it('works again at once when the server does', async () => {
    await using server = await startRpcServer();
    const client = createRpcClient(endpointOf(server), { timeoutMs: 400 });
    for (const fault of ['resets', 'none', 'hangs', 'none', 'garbage', 'none'] as const) {
      server.fault = fault;
      const outcomes = await client.batch(calls);
      expect(outcomes[0]?.kind).toBe(fault === 'none' ? 'ok' : 'failed');
    }
    client.dispose();
  });

  it('gives up what is under way when disposed', async () => {
    await using server = await startRpcServer();
    server.fault = 'hangs';
    const client = createRpcClient(endpointOf(server), { timeoutMs: 60_000 });
    const pending = client.batch(calls);
    client.dispose();
    expect(await pending).toEqual(failures('disposed'));
    expect(await client.batch(calls)).toEqual(failures('disposed'));
  });

  it('tells a method with an error from one that does not exist', async () => {
    await using server = await startRpcServer({ eth_syncing: new Error('database is closed') });
    const [syncing] = await batchWith(server, endpointOf(server), 'none');
    expect(syncing).toEqual({
      kind: 'failed',
      cause: 'rpc-error',
      why: 'eth_syncing answered with an error: database is closed',
    });
  });
});

describe('over HTTP', () => {
  it('asks one by one where batches get a 400', async () => {
    await using server = await startRpcServer();
    const endpoint: RpcEndpoint = { kind: 'http', url: server.url };
    expect(await batchWith(server, endpoint, 'refuses-batches-by-status')).toEqual(inOrder);
  });

  it.each([
    ['error500', 'invalid-response', 'HTTP 500'],
    ['forbids', 'rejected', 'HTTP 403'],
  ] as const)('names the status of a server that answers "%s"', async (fault, cause, status) => {
    await using server = await startRpcServer();
    const [first] = await batchWith(server, { kind: 'http', url: server.url }, fault);
    expect(first).toMatchObject({ kind: 'failed', cause, why: expect.stringContaining(status) });
  });

  it('sends user and password as basic authentication and never shows them', async () => {
    await using server = await startRpcServer();
    const url = server.url.replace('//', '//ops:s3cret%40x@');
    await probe({ kind: 'http', url }, { timeoutMs: 2_000 }, createRpcClient);
    const expected = `Basic ${Buffer.from('ops:s3cret@x').toString('base64')}`;
    expect(server.headers().authorization).toBe(expected);
    server.fault = 'forbids';
    const { why } = await probe({ kind: 'http', url }, { timeoutMs: 2_000 }, createRpcClient);
    expect(why).toContain('HTTP 403');
    expect(why).not.toContain('s3cret');
  });

  it('sends the headers it is given', async () => {
    await using server = await startRpcServer();
    const plain = { kind: 'http', url: server.url } as const;
    await probe(plain, { timeoutMs: 2_000 }, createRpcClient);
    expect(server.headers()['user-agent']).toBe('wemixvisor');
    const headers = { 'x-api-key': 'k', 'user-agent': 'ours/1' };
    await probe({ ...plain, headers }, { timeoutMs: 2_000 }, createRpcClient);
    expect(server.headers()).toMatchObject(headers);
  });
});

describe('over IPC', () => {
  it('passes over notices and doubled answers, however the bytes are cut', async () => {
    await using server = await startRpcServer();
    server.fault = 'split-and-doubled';
    const client = createRpcClient({ kind: 'ipc', path: server.ipcPath }, { timeoutMs: 2_000 });
    for (let round = 0; round < 5; round++) expect(await client.batch(calls)).toEqual(inOrder);
    client.dispose();
  });

  it('says that there is no socket, and that nothing listens', async () => {
    const gone = { kind: 'ipc', path: '/nonexistent/geth.ipc' } as const;
    expect((await probe(gone, { timeoutMs: 2_000 }, createRpcClient)).why).toBe(
      'there is no socket at /nonexistent/geth.ipc',
    );
    const closed = { kind: 'http', url: 'http://127.0.0.1:1' } as const;
    expect((await probe(closed, { timeoutMs: 2_000 }, createRpcClient)).why).toBe(
      'nothing listens at http://127.0.0.1:1',
    );
  });
});

it('reads no answer longer than the limit', async () => {
  await using server = await startRpcServer({ eth_syncing: 'x'.repeat(5_000) });
  for (const [, endpointOf] of transports) {
    const client = createRpcClient(endpointOf(server), {
      timeoutMs: 2_000,
      maxResponseBytes: 4_000,
    });
    const outcomes: readonly CallOutcome[] = await client.batch([{ method: 'eth_syncing' }]);
    expect(outcomes).toMatchObject([
      { cause: 'invalid-response', why: expect.stringContaining('4000') },
    ]);
    client.dispose();
  }
});
