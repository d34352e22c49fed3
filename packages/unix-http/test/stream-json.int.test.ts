import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { requestJson, serveJson, streamJson } from '../src/index.ts';

type Limits = NonNullable<NonNullable<Parameters<typeof serveJson>[2]>['limits']>;

/** A server of one stream, to which `send` sends; it tells who reads. */
async function streaming(limits: Limits = {}) {
  const folder = await temporaryDirectory();
  const readers = new Set<(value: unknown) => boolean>();
  const socket = join(folder.path, 'a.sock');
  const server = await serveJson(
    { socket },
    {
      'GET /events': () => ({
        lines: (send) => {
          readers.add(send);
          return () => readers.delete(send);
        },
      }),
      'GET /status': () => ({ status: 200, body: { up: true } }),
    },
    { limits },
  );
  onTestFinished(async () => {
    await server.close();
    await folder[Symbol.asyncDispose]();
  });
  const send = (value: unknown) => [...readers].map((reader) => reader(value));
  return { socket, server, readers, send };
}

async function allOf(values: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe('a stream of JSON values', () => {
  it('brings every value in order to each of its readers, characters and lines whole', async () => {
    const { socket, server, readers, send } = await streaming();
    const streams = await Promise.all([1, 2].map(() => streamJson(socket, { path: '/events' })));
    await waitFor(() => readers.size === 2);
    const values = Array.from({ length: 1_000 }, (_, n) => ({ n, text: 'é\n'.repeat(n % 50) }));
    for (const value of values) send(value);
    const closed = server.close();
    for (const { status, values: received } of streams) {
      expect(status).toBe(200);
      expect(await allOf(received)).toEqual(values);
    }
    await closed;
  });

  it('ends without an error when its reader gives it up, and the server lets go of it', async () => {
    const { socket, readers, send } = await streaming();
    const abort = new AbortController();
    const { values } = await streamJson(socket, { path: '/events', signal: abort.signal });
    await waitFor(() => readers.size === 1);
    send(1);
    const seen: unknown[] = [];
    for await (const value of values) {
      seen.push(value);
      abort.abort();
    }
    expect(seen).toEqual([1]);
    await waitFor(() => readers.size === 0);
    expect(send(2)).toEqual([]);
  });

  it('cuts a reader off that does not read, and no other', async () => {
    const { socket, readers, send } = await streaming({ waitingBytes: 64 * 1024 });
    const lazy = connect({ path: socket });
    lazy.on('error', () => {});
    lazy.pause();
    lazy.write('GET /events HTTP/1.1\r\nhost: a\r\n\r\n');
    await waitFor(() => readers.size === 1);
    const text = 'x'.repeat(16 * 1024);
    await waitFor(() => !send(text).includes(true), { what: 'the reader to be cut off' });
    await waitFor(() => readers.size === 0);
    expect(await requestJson(socket, { method: 'GET', path: '/status' })).toMatchObject({
      status: 200,
    });
    lazy.destroy();
  });

  it('is refused where enough are open, until one has ended', async () => {
    const { socket, readers } = await streaming({ streams: 1 });
    const abort = new AbortController();
    await streamJson(socket, { path: '/events', signal: abort.signal });
    await waitFor(() => readers.size === 1);
    const second = await streamJson(socket, { path: '/events' });
    expect(second.status).toBe(429);
    expect(await allOf(second.values)).toEqual([{ error: 'too many streams are open: end one' }]);
    abort.abort();
    await waitFor(() => readers.size === 0);
    expect((await streamJson(socket, { path: '/events' })).status).toBe(200);
  });

  it('says what is not there, and that nobody listens', async () => {
    const { socket, server } = await streaming();
    const { status, values } = await streamJson(socket, { path: '/nothing' });
    expect([status, await allOf(values)]).toEqual([404, [{ error: 'there is no GET /nothing' }]]);
    await server.close();
    await expect(streamJson(socket, { path: '/events' })).rejects.toMatchObject({
      code: 'NOBODY_LISTENS',
    });
  });

  it('lets go of a reader whose process has gone', async () => {
    const { socket, readers } = await streaming();
    const reader = connect({ path: socket });
    reader.write('GET /events HTTP/1.1\r\nhost: a\r\n\r\n');
    await once(reader, 'data');
    expect(readers.size).toBe(1);
    reader.destroy();
    await waitFor(() => readers.size === 0);
  });
});
