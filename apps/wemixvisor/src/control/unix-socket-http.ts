import { connect } from 'node:net';

/** What is asked for. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  /** Empty for none. */
  readonly body: string;
}

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/**
 * One request over a Unix socket and its answer, as HTTP/1.1. It knows no more of HTTP than our own server says: a
 * length, and the end of the connection. Node's http client would cost `status` a third of an empty Node.
 *
 * Rejects with the system's error where nobody listens, and with ECONNRESET where the answer is not whole.
 */
export async function exchange(socketPath: string, asked: Asked): Promise<Answered> {
  // Our side stays open until the answer is there: Node's server drops a request whose sender has closed.
  return answerIn(await sentAndReceived(socketPath, requestText(asked)));
}

function requestText({ method, path, body }: Asked): string {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function sentAndReceived(path: string, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ path });
    socket.on('error', reject);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    socket.write(text);
  });
}

function answerIn(received: Buffer): Answered {
  const end = received.indexOf('\r\n\r\n');
  const head = received.toString('latin1', 0, Math.max(end, 0));
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  const body = received.subarray(end + 4);
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? body.length);
  if (status === undefined || body.length !== length) {
    throw Object.assign(new Error('the answer of the supervisor is not whole'), {
      code: 'ECONNRESET',
    });
  }
  return { status: Number(status), body: body.toString('utf8') };
}
