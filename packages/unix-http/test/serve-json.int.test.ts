import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { freePort, selfSigned, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import { UnixHttpError, requestJson, serveJson } from '../src/index.ts';

type Routes = Parameters<typeof serveJson>[1];
type Options = NonNullable<Parameters<typeof serveJson>[2]>;

const uid = process.getuid?.() ?? -1;
const get = (socket: string, path: string) => requestJson(socket, { method: 'GET', path });
const post = (socket: string, path: string, body?: unknown) =>
  requestJson(socket, { method: 'POST', path, body });

const usual: Routes = {
  'GET /status': () => ({ status: 200, body: { state: 'running' } }),
  'POST /echo': ({ query, body }) => ({
    status: 200,
    body: { query: query.toString(), body },
  }),
};

async function serving(routes: Routes = {}, options: Options = {}) {
  const folder = await temporaryDirectory();
  const socket = join(folder.path, 'run', 'app.sock');
  const place = { socket, uid, checkEveryMs: 10 };
  const server = await serveJson(place, { ...usual, ...routes }, options);
  return {
    socket,
    server,
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Sends bytes to a socket and returns what comes back. */
function raw(socket: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const connection = connect(socket, () => connection.write(bytes));
    connection.setEncoding('utf8').on('data', (text: string) => (answer += text));
    connection.on('error', reject).on('close', () => resolve(answer));
  });
}

describe('a server on a Unix socket', () => {
  it('carries query and body to the route, and its answer back', async () => {
    await using served = await serving();
    expect(await post(served.socket, '/echo?a=b&c', { text: 'ö' })).toEqual({
      status: 200,
      body: { query: 'a=b&c=', body: { text: 'ö' } },
    });
  });

  it('takes no body for an empty object', async () => {
    await using served = await serving();
    expect(await post(served.socket, '/echo')).toMatchObject({ body: { body: {} } });
  });

  it('is open to its owner only', async () => {
    await using served = await serving();
    expect(statSync(served.socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(served.socket, '..')).mode & 0o777).toBe(0o700);
  });

  it('replaces a dead socket, and removes its own', async () => {
    await using folder = await temporaryDirectory();
    const socket = join(folder.path, 'app.sock');
    writeFileSync(socket, '');
    const server = await serveJson({ socket }, usual);
    expect(await get(socket, '/status')).toMatchObject({ status: 200 });
    await server.close();
    expect(existsSync(socket)).toBe(false);
  });

  it.each([
    ['others may enter', uid, 0o755],
    ['belongs to somebody else', uid + 1, 0o700],
  ])('refuses a folder that %s', async (_, owner, mode) => {
    await using folder = await temporaryDirectory();
    mkdirSync(join(folder.path, 'shared'), { mode });
    const socket = join(folder.path, 'shared', 'app.sock');
    await expect(serveJson({ socket, uid: owner }, usual)).rejects.toMatchObject({
      code: 'FOLDER_NOT_PRIVATE',
      message: expect.stringContaining('is not yours alone') as string,
    });
    expect(existsSync(socket)).toBe(false);
  });

  it('makes its socket anew when somebody removed it', async () => {
    await using served = await serving();
    unlinkSync(served.socket);
    const status = () => get(served.socket, '/status').catch(() => null);
    expect(await waitFor(status)).toMatchObject({ status: 200 });
    expect(statSync(served.socket).mode & 0o777).toBe(0o600);
  });

  it('sends the answers under way before it is closed', async () => {
    let finish = () => {};
    const asked = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    await using served = await serving({
      'POST /slow': async () => {
        await asked();
        return { status: 200, body: { done: true } };
      },
    });
    const answer = post(served.socket, '/slow');
    await waitFor(() => asked.mock.calls.length > 0);
    const closing = served.server.close();
    await expect(get(served.socket, '/status')).rejects.toMatchObject({ code: 'NOBODY_LISTENS' });
    finish();
    expect(await answer).toEqual({ status: 200, body: { done: true } });
    await closing;
  });
});

it('is closed at the end of the block that uses it', async () => {
  await using folder = await temporaryDirectory();
  const socket = join(folder.path, 'a.sock');
  {
    await using _ = await serveJson({ socket, uid: process.getuid?.() ?? -1 }, {});
    expect(existsSync(socket)).toBe(true);
  }
  expect(existsSync(socket)).toBe(false);
});

describe('a server on a TCP port', () => {
  it('offers its routes over HTTP', async () => {
    const place = { host: '127.0.0.1', port: await freePort() };
    const server = await serveJson(place, usual);
    const answer = await fetch(`http://127.0.0.1:${place.port}/status`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await answer.json()).toEqual({ state: 'running' });
    await expect(serveJson(place, usual)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
    await expect(fetch(`http://127.0.0.1:${place.port}/status`)).rejects.toThrow();
  });
});

describe('a server with TLS', () => {
  async function servingTls(options: Options = {}) {
    const folder = await temporaryDirectory();
    let next = [pairIn(folder.path, 'one')];
    const certificate = () => next.shift() ?? null;
    const port = await freePort();
    const server = await serveJson({ host: '127.0.0.1', port, certificate }, usual, options);
    return {
      port,
      change: () => {
        next = [pairIn(folder.path, 'two')];
      },
      async [Symbol.asyncDispose]() {
        await server.close();
        await folder[Symbol.asyncDispose]();
      },
    };
  }
  const pairIn = (folder: string, name: string) => {
    const { cert, key } = selfSigned(folder, name);
    return { cert: readFileSync(cert), key: readFileSync(key) };
  };
  /** Who the server says that it is, and the version that was agreed on. */
  async function agreed(port: number, options: ConnectionOptions = {}) {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    const version = socket.getProtocol();
    socket.destroy();
    return [subject.CN, version];
  }

  it('offers its routes over HTTPS, by TLS 1.2 at least, and by another certificate from the next connection on', async () => {
    await using served = await servingTls();
    const { port } = served;
    const { body } = await new Promise<{ body: string }>((resolve, reject) => {
      httpsGet(
        { host: '127.0.0.1', port, path: '/status', rejectUnauthorized: false },
        (answer) => {
          answer.setEncoding('utf8').on('data', (text: string) => resolve({ body: text }));
        },
      ).on('error', reject);
    });
    expect(JSON.parse(body)).toEqual({ state: 'running' });
    expect(await agreed(port)).toEqual(['one', 'TLSv1.3']);
    expect(await agreed(port, { maxVersion: 'TLSv1.2' })).toEqual(['one', 'TLSv1.2']);
    const old = {
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL@SECLEVEL=0',
    } as const;
    await expect(agreed(port, old)).rejects.toThrow();
    served.change();
    expect(await agreed(port)).toEqual(['two', 'TLSv1.3']);
  });

  it.each([
    ['speaks plain HTTP', 'GET /status HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['says nothing', ''],
    ['begins a handshake and stays there', '\x16\x03\x01\x02\x00\x01'],
  ])('ends a connection that %s, and serves others', async (_, bytes) => {
    await using served = await servingTls({ limits: { headMs: 50 } });
    const connection = connect(served.port, '127.0.0.1', () => connection.write(bytes, 'latin1'));
    connection.on('error', () => {}).resume();
    await once(connection, 'close');
    expect(await agreed(served.port)).toEqual(['one', 'TLSv1.3']);
  });
});

it('answers only whom it admits, and tells nobody else which routes there are', async () => {
  const place = { host: '127.0.0.1', port: await freePort() };
  const asked: string[] = [];
  const routes = {
    'POST /stop': () => {
      asked.push('stop');
      return { status: 200, body: {} };
    },
  };
  const admits = ({ authorization }: { readonly authorization?: string | undefined }) =>
    authorization === 'Bearer good';
  await using _ = await serveJson(place, routes, { admits });
  const ask = (path: string, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${place.port}${path}`, { method: 'POST', body: '{}', headers });
  for (const path of ['/stop', '/nothing']) {
    const refused = await ask(path, { authorization: 'Bearer bad' });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await refused.json()).toEqual({ error: 'this needs an Authorization header' });
  }
  expect((await ask('/stop', {})).status).toBe(401);
  expect(asked).toEqual([]);
  expect((await ask('/stop', { authorization: 'Bearer good' })).status).toBe(200);
  expect(asked).toEqual(['stop']);
});

it('answers with text of another type where a route has it', async () => {
  const place = { host: '127.0.0.1', port: await freePort() };
  const answered = { status: 200, type: 'text/plain; version=0.0.4', text: 'äöü 1\n' };
  await using _ = await serveJson(place, { 'GET /text': () => Promise.resolve(answered) });
  const answer = await fetch(`http://127.0.0.1:${place.port}/text`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, answered.type]);
  expect(await answer.text()).toBe(answered.text);
});

describe('what goes wrong', () => {
  it('is answered with 404 where there is no such route', async () => {
    await using served = await serving();
    expect(await get(served.socket, '/v2/x')).toEqual({
      status: 404,
      body: { error: 'there is no GET /v2/x' },
    });
  });

  it('is answered with 400 where the request is not JSON', async () => {
    const asked = vi.fn();
    await using served = await serving({ 'POST /stop': asked });
    const head = 'POST /stop HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 3\r\n\r\n';
    const answer = await raw(served.socket, `${head}{{{`);
    expect(answer).toContain('400 Bad Request');
    expect(answer).toContain('{"error":"the request is not JSON"}');
    expect(asked).not.toHaveBeenCalled();
  });

  it('is answered with 413 where the body is too large, and others are served', async () => {
    const asked = vi.fn();
    await using served = await serving({ 'POST /stop': asked });
    const body = 'a'.repeat(9 * 1024 ** 2);
    expect(await post(served.socket, '/stop', body)).toEqual({
      status: 413,
      body: {
        error: `the request has ${body.length + 2} bytes, and ${8 * 1024 ** 2} are the most: send less`,
      },
    });
    expect(asked).not.toHaveBeenCalled();
    expect(await get(served.socket, '/status')).toMatchObject({ status: 200 });
  });

  it('takes a body of just the size that is allowed', async () => {
    await using served = await serving({}, { limits: { bodyBytes: 5 } });
    expect(await post(served.socket, '/echo', 'abc')).toMatchObject({ status: 200 });
    expect(await post(served.socket, '/echo', 'abcd')).toMatchObject({ status: 413 });
  });

  it.each([
    [new UnixHttpError('BAD_REQUEST', 'no'), 400, 'no'],
    [new Error('broken'), 500, 'broken'],
    ['a text', 500, 'a text'],
  ])('is answered for %s with %d', async (thrown, status, error) => {
    await using served = await serving({
      'POST /stop': () => {
        throw thrown as Error;
      },
    });
    expect(await post(served.socket, '/stop')).toEqual({ status, body: { error } });
  });

  it('is answered as the caller wants it', async () => {
    await using served = await serving(
      { 'POST /stop': () => Promise.reject(new Error('there is no node')) },
      { answerError: (error) => ({ status: 409, body: { why: String(error) } }) },
    );
    expect(await post(served.socket, '/stop')).toEqual({
      status: 409,
      body: { why: 'Error: there is no node' },
    });
  });
});

describe('the limits of a server', () => {
  const quick = { headMs: 50, requestMs: 50, lookEveryMs: 10 };

  it.each([
    ['half a head', 'POST /stop HTTP/1.1\r\nhost: x\r\n'],
    ['half a body', 'POST /stop HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{"a"'],
    ['nothing at all', ''],
  ])('end a request that stays at %s, and do nothing of it', async (_, bytes) => {
    const asked = vi.fn();
    await using served = await serving({ 'POST /stop': asked }, { limits: quick });
    expect(await raw(served.socket, bytes)).toContain('408 Request Timeout');
    expect(asked).not.toHaveBeenCalled();
  });

  it('let an answer take longer than its request may', async () => {
    let finish = () => {};
    const asked = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const slow: Routes[string] = async () => {
      await asked();
      return { status: 200, body: { done: true } };
    };
    // Longer than a busy machine keeps a whole request waiting.
    const limits = { ...quick, headMs: 500, requestMs: 500 };
    await using served = await serving({ 'POST /stop': slow }, { limits });
    const stopping = post(served.socket, '/stop');
    await waitFor(() => asked.mock.calls.length > 0);
    // By the time that a later connection was ended for being late, the first one is late as well.
    expect(await raw(served.socket, 'POST ')).toContain('408 Request Timeout');
    finish();
    expect(await stopping).toMatchObject({ body: { done: true } });
  });

  it('close the connection after the 256th, and serve again when one has gone', async () => {
    await using served = await serving();
    const held = Array.from({ length: 256 }, () => connect(served.socket));
    for (const connection of held) connection.on('error', () => {});
    await Promise.all(held.map((connection) => once(connection, 'connect')));
    await expect(get(served.socket, '/status')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(held.filter(({ closed }) => closed)).toEqual([]);
    held[0]?.destroy();
    const status = () => get(served.socket, '/status').catch(() => null);
    expect(await waitFor(status)).toMatchObject({ body: { state: 'running' } });
    for (const connection of held) connection.destroy();
  });
});
