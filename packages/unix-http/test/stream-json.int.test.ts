import { once, setMaxListeners } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveJson, streamJson } from '../src/index.ts';

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

  it('cuts a reader off that does not read, and no other, and says so behind what it was sent', async () => {
    const { socket, server, readers, send } = await streaming({ waitingBytes: 64 * 1024 });
    const lazy = await streamJson(socket, { path: '/events' });
    const keen = await streamJson(socket, { path: '/events' });
    await waitFor(() => readers.size === 2);
    const all = allOf(keen.values);
    const text = 'x'.repeat(16 * 1024);
    const sent: unknown[] = [];
    for (let isCutOff = false; !isCutOff;) {
      sent.push({ n: sent.length, text });
      isCutOff = send(sent.at(-1)).includes(false);
      await new Promise(setImmediate);
    }
    const received: unknown[] = [];
    const reading = (async () => {
      for await (const value of lazy.values) received.push(value);
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'CUT_OFF',
      message: 'the reader is too slow: more than 64 KiB waited for it, and nothing more is sent',
    });
    expect(received).toEqual(sent);
    await waitFor(() => readers.size === 1);
    await server.close();
    expect(await all).toEqual(sent);
  });

  it('is left by what its reader sees: a torn line of a server that was killed, an error, and no stream', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.sock');
    let answer = '';
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(answer));
    }).listen(path);
    await once(server, 'listening');
    const values = async (text: string) => {
      answer = text;
      return allOf((await streamJson(path, { path: '/events' })).values);
    };
    const head = 'HTTP/1.1 200 OK\r\n\r\n';
    expect(await values(`${head}{"n":1}\n{"n":2}\n{"n":`)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await values(`${head}{"error":"of a value","n":1}\n`)).toHaveLength(1);
    await expect(values(`${head}{"error":"why"}\n`)).rejects.toMatchObject({ code: 'CUT_OFF' });
    await expect(values(`${head}{"n":\n`)).rejects.toMatchObject({ code: 'BAD_ANSWER' });
    await expect(values('HTTP/1.1 200 OK\r\ncontent')).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    });
    server.close();
  });

  it('throws the reason of who gives up before it is there', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.sock');
    const server = createServer().listen(path);
    await once(server, 'listening');
    const asked = new AbortController();
    const asking = streamJson(path, { path: '/events', signal: asked.signal });
    await once(server, 'connection');
    asked.abort(new Error('given up'));
    await expect(asking).rejects.toThrow('given up');
    await expect(streamJson(path, { path: '/', signal: asked.signal })).rejects.toThrow('given up');
    server.close();
  });

  it('does not keep a server that is closed, whether its reader reads or not', async () => {
    const { socket, server, readers, send } = await streaming();
    const lazy = connect({ path: socket });
    lazy.on('error', () => {});
    lazy.pause();
    lazy.write('GET /events HTTP/1.1\r\nhost: a\r\n\r\n');
    await waitFor(() => readers.size === 1);
    for (let sent = 0; sent < 40; sent += 1) send('x'.repeat(16 * 1024));
    const closed = server.close();
    expect(send('too late')).toEqual([false]);
    await closed;
    await waitFor(() => readers.size === 0);
    lazy.destroy();
  });

  it('is refused where enough are open, until one has ended', async () => {
    const { socket, readers, send } = await streaming();
    const abort = new AbortController();
    setMaxListeners(100, abort.signal);
    const open = () => streamJson(socket, { path: '/events', signal: abort.signal });
    const asked = await Promise.all(Array.from({ length: 100 }, open));
    const [kept, refused] = [200, 429].map((each) => asked.filter(({ status }) => status === each));
    expect([kept?.length, refused?.length]).toEqual([32, 68]);
    for (const { values } of refused ?? []) {
      const error = '32 streams are open, which is the limit: end one of them';
      expect(await allOf(values)).toEqual([{ error }]);
    }
    expect(send(1)).toEqual(Array.from({ length: 32 }, () => true));
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
