import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import type { Server as TlsServer, ServerOptions } from 'node:https';
import { UnixHttpError } from './errors.ts';
import { createLineStreams, type LineStreams, type Subscribe } from './line-streams.ts';

/** A request as a route receives it. */
interface ReceivedRequest {
  readonly query: URLSearchParams;
  /** The parsed JSON; an empty object when no body was sent. */
  readonly body: unknown;
}

/** What goes back: an HTTP status and JSON. */
interface Answer {
  readonly status: number;
  readonly body: object | null;
}

/** What goes back where somebody asks for another form than JSON. */
interface TextAnswer {
  readonly status: number;
  /** Its content type. */
  readonly type: string;
  readonly text: string;
}

/** An answer that goes on: a line of JSON for each value that is sent, until its reader or the server goes. */
interface StreamAnswer {
  readonly lines: Subscribe;
}

/** What answers, by method and path as in `GET /status`. What a route throws becomes an answer, see `answerError`. */
export type Routes = Readonly<
  Record<
    string,
    (request: ReceivedRequest) => Answer | TextAnswer | StreamAnswer | Promise<Answer | TextAnswer>
  >
>;

/** What clients may take of a server. */
interface ServerLimits {
  /** Milliseconds in which the head of a request must have arrived. @default 10_000 */
  readonly headMs?: number;
  /** Milliseconds in which the whole request must have arrived; its answer may take longer. @default 30_000 */
  readonly requestMs?: number;
  /** Milliseconds between two searches for late requests: a request may be late by as much. @default 5_000 */
  readonly lookEveryMs?: number;
  /** Connections at a time; a further one is closed. @default 256 */
  readonly connections?: number;
  /** Bytes of a body. @default 8 MiB */
  readonly bodyBytes?: number;
  /** Streams at a time; a further one is answered with 429. @default 32 */
  readonly streams?: number;
  /** Bytes of a stream that its reader has not taken; with more it is ended, and its last line says so. @default 1 MiB */
  readonly waitingBytes?: number;
}

/** How a server answers. */
export interface AnswerOptions {
  /** What clients may take of the server. */
  readonly limits?: ServerLimits;
  /** Whether a request is admitted, by its headers; one that is not is answered with 401. @default all of them */
  readonly admits?: (headers: IncomingHttpHeaders) => boolean;
  /** The answer for what a route threw. @default `{ error: message }` with 400, 413, 500 or 503 */
  readonly answerError?: (error: unknown) => Answer;
}

/** A certificate with its chain, and its private key, in PEM. */
interface Certificate {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

/** What a server with TLS is to prove itself by: asked at the start and at each connection, null where that is as before. */
export type CertificateSource = () => Certificate | null;

interface Answering {
  readonly routes: Routes;
  readonly admits: (headers: IncomingHttpHeaders) => boolean;
  readonly answerError: (error: unknown) => Answer;
  readonly bodyBytes: number;
  readonly streams: LineStreams;
}

/** Makes an HTTP server of some routes, bounded in time, size and number of connections. It does not listen yet. */
export function createJsonServer(
  routes: Routes,
  { limits = {}, answerError = usualAnswer, admits = () => true }: AnswerOptions,
  certificate: CertificateSource | null = null,
): { readonly server: Server | TlsServer; readonly streams: LineStreams } {
  // Command lines and environments can reach the system's limit of 2 MiB, and JSON can multiply that.
  const { headMs = 10_000, requestMs = 30_000, bodyBytes = 8 * 1024 ** 2 } = limits;
  // Node searches every 30 s by default: a request could take twice its time.
  const { lookEveryMs = 5_000, connections = 256 } = limits;
  const { streams: mostStreams = 32, waitingBytes = 1024 ** 2 } = limits;
  const streams = createLineStreams(mostStreams, waitingBytes);
  const bounds = {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: lookEveryMs,
    maxHeaderSize: 16 * 1024,
  };
  const listener: RequestListener = (request, response) =>
    void answer({ routes, admits, answerError, bodyBytes, streams }, request, response);
  // To import it reads all that it exports, and on Node 24 that loads 40 ms of fetch and WebSocket.
  const { createServer } = process.getBuiltinModule('node:http');
  const server =
    certificate === null
      ? createServer(bounds, listener)
      : createTlsServer(certificate, { ...bounds, handshakeTimeout: headMs }, listener);
  server.maxConnections = connections;
  return { server, streams };
}

/** A server whose certificate may change: who is connected keeps what they agreed on. */
function createTlsServer(
  certificate: CertificateSource,
  bounds: ServerOptions,
  listener: RequestListener,
): TlsServer {
  const { createServer } = process.getBuiltinModule('node:https');
  const protocol = { minVersion: 'TLSv1.2' } as const;
  const server = createServer({ ...bounds, ...protocol, ...certificate() }, listener);
  server.prependListener('connection', () => {
    const next = certificate();
    if (next !== null) server.setSecureContext({ ...protocol, ...next });
  });
  return server;
}

/** The status for an error by its code, where it is not 500. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['BAD_REQUEST', 400],
  ['ENDING', 503],
  ['TOO_LARGE', 413],
]);

function usualAnswer(error: unknown): Answer {
  const code = error instanceof UnixHttpError ? error.code : '';
  return {
    status: statuses.get(code) ?? 500,
    body: { error: error instanceof Error ? error.message : String(error) },
  };
}

async function answer(
  { routes, admits, answerError, bodyBytes, streams }: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Before anything is told, even which routes there are.
  if (!admits(request.headers)) {
    response.setHeader('www-authenticate', 'Bearer');
    send(response, notAdmitted);
    return;
  }
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const route = routes[`${request.method ?? ''} ${path}`];
  if (route === undefined) {
    send(response, {
      status: 404,
      body: { error: `there is no ${request.method ?? ''} ${path}` },
    });
    return;
  }
  try {
    const body = await readBody(request, bodyBytes);
    const answered = await route({ query: new URLSearchParams(query), body });
    if (!('lines' in answered)) send(response, answered);
    else if (streams.isFull) send(response, tooMany(streams));
    else streams.open(response, answered.lines);
  } catch (error) {
    send(response, answerError(error));
  }
}

const notAdmitted: Answer = { status: 401, body: { error: 'this needs an Authorization header' } };

const tooMany = ({ most }: LineStreams): Answer => ({
  status: 429,
  body: { error: `${most} streams are open, which is the limit: end one of them` },
});

function send(response: ServerResponse, answered: Answer | TextAnswer): void {
  const { type, text } =
    'text' in answered
      ? answered
      : { type: 'application/json', text: JSON.stringify(answered.body) };
  response.writeHead(answered.status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  });
  response.end(text);
}

async function readBody(request: IncomingMessage, most: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // The rest is read and dropped: a client that still writes when the connection closes may never see the answer.
    if (length > most) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (length > most) {
    throw new UnixHttpError(
      'TOO_LARGE',
      `the request has ${length} bytes, and ${most} are the most: send less`,
    );
  }
  if (length === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new UnixHttpError('BAD_REQUEST', 'the request is not JSON', { cause: error });
  }
}
