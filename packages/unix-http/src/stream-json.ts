import { connect, type Socket } from 'node:net';
import { UnixHttpError } from './errors.ts';
import { explained, parsed, requestText } from './exchange.ts';

/** What is asked for. */
interface AskedStream {
  /** Path and query, as in `/events`. */
  readonly path: string;
  /** Ends the stream without an error. @default it goes on until the server ends it */
  readonly signal?: AbortSignal;
}

/** An answer that goes on. */
interface AnsweredStream {
  readonly status: number;
  /** The values as they come; of another status than 200 the one value that was answered. It ends when the server does. */
  readonly values: AsyncIterable<unknown>;
}

/**
 * Asks for a stream of JSON values, a line each, over a Unix socket: a route of `serveJson` that answers with `lines`. Resolves
 * when the head of the answer is there; nothing sent from then on is missed, while the reader keeps up.
 *
 * @throws UnixHttpError `NOBODY_LISTENS`, `BUSY`, `NOT_ALLOWED` or `CONNECTION_LOST`; `BAD_ANSWER` from the iteration for a line that is no JSON.
 * @example
 * const { values } = await streamJson('/srv/app/run/app.sock', { path: '/events' });
 * for await (const event of values) console.log(event);
 */
export async function streamJson(
  path: string,
  { path: route, signal }: AskedStream,
): Promise<AnsweredStream> {
  const socket = connect({ path });
  const giveUp = () => socket.destroy();
  signal?.addEventListener('abort', giveUp);
  socket.once('close', () => signal?.removeEventListener('abort', giveUp));
  if (signal?.aborted === true) giveUp();
  socket.write(requestText({ method: 'GET', path: route }));
  const lines = linesOf(socket);
  try {
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(await headOf(lines))?.[1]);
    if (!(status > 0)) throw new UnixHttpError('CONNECTION_LOST', 'the answer is not whole');
    return { status, values: valuesOf(lines, signal) };
  } catch (error) {
    socket.destroy();
    throw explained(error as NodeJS.ErrnoException);
  }
}

/** The lines of a socket, and what follows the last of them. */
async function* linesOf(socket: Socket): AsyncGenerator<string, void> {
  let rest = '';
  try {
    for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    socket.destroy();
  }
}

/** Reads lines up to the empty one that ends a head. */
async function headOf(lines: AsyncGenerator<string, void>): Promise<string> {
  const head: string[] = [];
  for (;;) {
    const next = await lines.next();
    if (next.done === true || next.value === '\r') return head.join('\n');
    head.push(next.value);
  }
}

async function* valuesOf(
  lines: AsyncGenerator<string, void>,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void> {
  try {
    for await (const line of lines) yield parsed(line);
  } catch (error) {
    const isOver = signal?.aborted === true || isLost(error);
    if (!isOver) throw error;
  }
}

/** A server that went without a farewell has ended the stream all the same. */
function isLost(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code);
}
