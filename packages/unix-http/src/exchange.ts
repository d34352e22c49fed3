import { UnixHttpError, type UnixHttpErrorCode } from './errors.ts';

/** What is sent. */
interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

/** A request as the bytes of HTTP/1.1 that the server takes. */
export function requestText({ method, path, body }: Sent): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}

const meanings: Readonly<Record<string, UnixHttpErrorCode>> = {
  ENOENT: 'NOBODY_LISTENS',
  ENOTDIR: 'NOBODY_LISTENS',
  ENOTSOCK: 'NOBODY_LISTENS',
  ECONNREFUSED: 'NOBODY_LISTENS',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  EAGAIN: 'BUSY', // Linux: the queue of a socket is full
  EACCES: 'NOT_ALLOWED',
  EPERM: 'NOT_ALLOWED',
};

/** An error of the system by what it means of the server. */
export function explained(cause: NodeJS.ErrnoException): Error {
  const code = meanings[cause.code ?? ''];
  return code === undefined ? cause : new UnixHttpError(code, cause.message, { cause });
}

/** The value that a text of JSON is; undefined for none. */
export function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnixHttpError('BAD_ANSWER', 'the answer is not JSON', { cause });
  }
}
