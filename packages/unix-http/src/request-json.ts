import { connect } from 'node:net';
import { UnixHttpError } from './errors.ts';
import { explained, parsed, requestText } from './exchange.ts';

/** What is asked for. */
interface Asked {
  readonly method: 'GET' | 'POST';
  /** Path and query, as in `/status?live=true`. */
  readonly path: string;
  /** Sent as JSON. @default nothing is sent */
  readonly body?: unknown;
  /** Gives the request up; the server may carry it out all the same. The reason of the signal is thrown. @default it waits without limit */
  readonly signal?: AbortSignal;
}

/** What was answered. */
interface Answered {
  readonly status: number;
  /** The parsed JSON; undefined when the answer has no body. */
  readonly body: unknown;
}

/**
 * Sends one request over a Unix socket and resolves to its answer, whatever the status. It has no time limit of its own: an
 * answer may take as long as the operation that it reports.
 *
 * It knows no more of HTTP/1.1 than `serveJson` uses: a length, and the end of the connection. So it loads no HTTP
 * library, which a short program would spend most of its time on.
 *
 * @throws UnixHttpError `NOBODY_LISTENS`, `BUSY`, `NOT_ALLOWED`, `CONNECTION_LOST` or `BAD_ANSWER`; other errors of the system
 * are passed on.
 * @example const { status, body } = await requestJson('/srv/app/run/app.sock', { method: 'GET', path: '/status' });
 */
export async function requestJson(socket: string, asked: Asked): Promise<Answered> {
  // Our side stays open until the answer is there: Node's server drops a request whose sender has closed.
  return answerIn(await sentAndReceived(socket, requestText(asked), asked.signal));
}

async function sentAndReceived(
  path: string,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  signal?.throwIfAborted();
  const socket = connect({ path });
  const giveUp = () => socket.destroy(new Error('the request was given up'));
  signal?.addEventListener('abort', giveUp);
  try {
    return await new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      socket.on('error', reject);
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => resolve(Buffer.concat(chunks)));
      socket.write(text);
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw explained(error as NodeJS.ErrnoException);
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

function answerIn(received: Buffer): Answered {
  const end = received.indexOf('\r\n\r\n');
  const head = received.toString('latin1', 0, Math.max(end, 0));
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  const body = received.subarray(end + 4);
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? body.length);
  if (status === undefined || body.length !== length) {
    throw new UnixHttpError('CONNECTION_LOST', 'the answer is not whole');
  }
  return { status: Number(status), body: parsed(body.toString('utf8')) };
}
