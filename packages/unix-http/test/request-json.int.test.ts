import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { requestJson } from '../src/index.ts';

/** Asks a server that sends some pieces, whatever it is asked, and closes; what it heard and what came back. */
async function askOf(pieces: readonly (string | Buffer)[], body?: unknown) {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'a.sock');
  const sent = body === undefined ? '' : JSON.stringify(body);
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      heard += data.toString();
      if (!heard.endsWith(`\r\n\r\n${sent}`)) return;
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  }).listen(path);
  await once(server, 'listening');
  try {
    const answer = await requestJson(path, { method: 'POST', path: '/v1/x?a=b', body });
    return { answer, heard };
  } finally {
    server.close();
  }
}

describe('requestJson', () => {
  it('asks as HTTP/1.1 does, with the length in bytes', async () => {
    const { heard } = await askOf(['HTTP/1.1 200 OK\r\n\r\n'], 'ö');
    expect(heard).toBe(
      'POST /v1/x?a=b HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 4\r\n\r\n"ö"',
    );
  });

  it('reads an answer that comes in pieces, a character in halves among them', async () => {
    const { answer } = await askOf([
      'HTTP/1.1 409 Conf',
      'lict\r\nContent-Length: 4\r\n\r\n"',
      Buffer.from([0xc3]),
      Buffer.from([0xb6, 0x22]),
    ]);
    expect(answer).toEqual({ status: 409, body: 'ö' });
  });

  it('takes an answer without length and body as it is', async () => {
    const { answer } = await askOf(['HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n']);
    expect(answer).toEqual({ status: 400, body: undefined });
  });

  it.each([
    ['nothing', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a":'],
    ['another protocol', 'SSH-2.0-x\r\n\r\n'],
  ])('does not take %s for an answer', async (_, said) => {
    await expect(askOf([said])).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('refuses an answer that is not JSON', async () => {
    await expect(askOf(['HTTP/1.1 200 OK\r\n\r\nhello'])).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      cause: expect.any(SyntaxError),
    });
  });

  it('is given up when its signal aborts, with the reason', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.sock');
    const abort = new AbortController();
    const silent = createServer((socket) => {
      socket.on('error', () => {});
      abort.abort(new Error('enough'));
    }).listen(path);
    await once(silent, 'listening');
    const asked = { method: 'GET', path: '/slow', signal: abort.signal } as const;
    await expect(requestJson(path, asked)).rejects.toThrow('enough');
    await expect(requestJson(path, asked)).rejects.toThrow('enough');
    silent.close();
    await once(silent, 'close');
  });

  it.each([
    ['there is no socket', (folder: string) => join(folder, 'none.sock')],
    ['a folder is a file', (folder: string) => join(folder, 'file', 'a.sock')],
    ['it is a file', (folder: string) => join(folder, 'file')],
  ])('says that nobody listens where %s', async (_, place) => {
    await using folder = await temporaryDirectory();
    writeFileSync(join(folder.path, 'file'), '');
    await expect(
      requestJson(place(folder.path), { method: 'GET', path: '/' }),
    ).rejects.toMatchObject({ code: 'NOBODY_LISTENS', cause: expect.any(Error) });
  });

  it.skipIf(process.getuid?.() === 0)('says that a socket may not be opened', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.sock');
    const server = createServer().listen(path);
    await once(server, 'listening');
    chmodSync(path, 0);
    await expect(requestJson(path, { method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    server.close();
  });

  it.runIf(process.platform === 'linux')('says of a full queue that somebody is busy', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.sock');
    const server = createServer((socket) => socket.destroy()).listen({ path, backlog: 1 });
    await once(server, 'listening');
    // All within one turn of the loop: nobody accepts meanwhile.
    const queued = [1, 2, 3].map(() => connect({ path }).on('error', () => {}));
    await expect(requestJson(path, { method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'BUSY',
    });
    for (const socket of queued) socket.destroy();
    server.close();
  });

  it('passes other errors of the system on', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.sock');
    symlinkSync(path, path);
    await expect(requestJson(path, { method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'ELOOP',
    });
  });
});
