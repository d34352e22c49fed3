import { connect, type Socket } from 'node:net';
import { UnixHttpError } from './errors.ts';
import { explained, parsed, requestText } from './exchange.ts';

/** What is asked for. */
interface AskedStream {
  /** Path and query, as in `/events`. */
  readonly path: string;
  /** Ends the stream without an error; before there is one, its reason is thrown. @default the stream goes on until the server ends it */
  readonly signal?: AbortSignal;
}

/** An answer that goes on. */
interface AnsweredStream {
  readonly status: number;
  /**
   * The values as they come; of another status than 200 the one value that was answered. It ends when the server does, closed or killed: a line that
   * was torn by that is left out.
   */
  readonly values: AsyncIterable<unknown>;
}

/**
 * Asks for a stream of JSON values, a line each, over a Unix socket: a route of `serveJson` that answers with `lines`. Resolves
 * when the head of the answer is there; nothing sent from then on is missed, while the reader keeps up.
 *
 * @throws UnixHttpError `NOBODY_LISTENS`, `BUSY`, `NOT_ALLOWED` or `CONNECTION_LOST`. From the iteration `CUT_OFF` with the server's reason, where the
 * reader did not keep up, and `BAD_ANSWER` for a line that is no JSON.
 * @example
 * const { values } = await streamJson('/srv/app/run/app.sock', { path: '/events' });
 * for await (const event of values) console.log(event);
 */
export async function streamJson(
  path: string,
  { path: route, signal }: AskedStream,
): Promise<AnsweredStream> {
  signal?.throwIfAborted();
  const socket = connect({ path });
  const giveUp = () => socket.destroy();
  signal?.addEventListener('abort', giveUp);
  socket.once('close', () => signal?.removeEventListener('abort', giveUp));
  socket.write(requestText({ method: 'GET', path: route }));
  const lines = linesOf(socket);
  try {
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(await headOf(lines))?.[1]);
    if (!(status > 0)) throw new UnixHttpError('CONNECTION_LOST', 'the answer is not whole');
    return { status, values: valuesOf(lines, { status, signal }) };
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    throw explained(error as NodeJS.ErrnoException);
  }
}

/** A line, and whether it is one: what follows the last line feed was torn, or is an answer that is no stream. */
interface ReceivedLine {
  readonly text: string;
  readonly isWhole: boolean;
}

/** The lines of a socket, and what follows the last of them. */
async function* linesOf(socket: Socket): AsyncGenerator<ReceivedLine, void> {
  let rest = '';
  try {
    for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) yield { text, isWhole: true };
    }
    if (rest !== '') yield { text: rest, isWhole: false };
  } finally {
    socket.destroy();
  }
}

/** Reads lines up to the empty one that ends a head; nothing of a head that does not end. */
async function headOf(lines: AsyncGenerator<ReceivedLine, void>): Promise<string> {
  const head: string[] = [];
  for (;;) {
    const next = await lines.next();
    if (next.done === true) return '';
    if (next.value.text === '\r') return head.join('\n');
    head.push(next.value.text);
  }
}

async function* valuesOf(
  lines: AsyncGenerator<ReceivedLine, void>,
  { status, signal }: { readonly status: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<unknown, void> {
  try {
    for await (const { text, isWhole } of lines) {
      if (status !== 200) yield parsed(text);
      else if (isWhole) yield sent(parsed(text));
    }
  } catch (error) {
    const isOver = signal?.aborted === true || isLost(error);
    if (!isOver) throw error;
  }
}

/** A value of a stream; an object with nothing but an error is the server's farewell. */
function sent(value: unknown): unknown {
  const { error, ...more } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof error !== 'string' || Object.keys(more).length > 0) return value;
  throw new UnixHttpError('CUT_OFF', error);
}

/** A server that went without a farewell has ended the stream all the same. */
function isLost(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code);
}
