import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { exchange } from '../src/control/unix-socket-http.ts';

/** Asks a server that sends some pieces, whatever it is asked, and closes; what it heard and what came back. */
async function askOf(pieces: readonly (string | Buffer)[], body = '') {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'a.sock');
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      heard += data.toString();
      if (!heard.endsWith(`\r\n\r\n${body}`)) return;
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  }).listen(path);
  await once(server, 'listening');
  try {
    return { answer: await exchange(path, { method: 'POST', path: '/v1/x?a=b', body }), heard };
  } finally {
    server.close();
  }
}

describe('an exchange over a socket', () => {
  it('asks as HTTP/1.1 does, with the length in bytes', async () => {
    const { heard } = await askOf(['HTTP/1.1 200 OK\r\n\r\n'], '"ö"');
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
    expect(answer).toEqual({ status: 409, body: '"ö"' });
  });

  it('takes an answer without a length as it is', async () => {
    const { answer } = await askOf(['HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n']);
    expect(answer).toEqual({ status: 400, body: '' });
  });

  it.each([
    ['nothing', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a":'],
    ['another protocol', 'SSH-2.0-x\r\n\r\n'],
  ])('does not take %s for an answer', async (_, said) => {
    await expect(askOf([said])).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
