import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError, messageOf } from '../app-error.ts';
import { BadRequest, TooLarge } from './check-fields.ts';
import { SupervisorEnding, type Operations } from './operations.ts';
import type { Routes } from './routes.ts';

/** Command lines and environments can reach the system's limit of 2 MiB; nothing bigger is read. */
const largestBody = 8 * 1024 ** 2;

/** What clients may take of a server. */
export interface ServerLimits {
  /** Milliseconds in which the head of a request must have arrived. @default 10_000 */
  readonly headMs: number;
  /** Milliseconds in which the whole request must have arrived. @default 30_000 */
  readonly requestMs: number;
  /** Milliseconds between two looks for requests that are late. @default 5_000 */
  readonly lookEveryMs: number;
  /** Connections at a time; a further one is closed. @default 256 */
  readonly connections: number;
}

const usualLimits: ServerLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  // Node looks every 30 s by itself: a request could take twice its time.
  lookEveryMs: 5_000,
  connections: 256,
};

/** An HTTP server for some routes, bounded in time, size and number of connections. It does not listen yet. */
export function createRouteServer(
  routes: Routes,
  operations: Operations,
  limits: Partial<ServerLimits> = {},
): Server {
  const { headMs, requestMs, lookEveryMs, connections } = { ...usualLimits, ...limits };
  const server = createServer(
    {
      headersTimeout: headMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: lookEveryMs,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void answer({ routes, operations }, request, response),
  );
  server.maxConnections = connections;
  return server;
}

/** Makes a server listen; rejects where it cannot. */
export function listening(
  server: Server,
  place: { readonly path: string } | { readonly host: string; readonly port: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Stops listening at once and resolves when the answers under way have gone out. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

async function answer(
  { routes, operations }: { readonly routes: Routes; readonly operations: Operations },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const route = routes[`${request.method ?? ''} ${path}`];
  try {
    if (route === undefined) {
      send(response, 404, { error: `there is no ${request.method ?? ''} ${path}` });
      return;
    }
    const body = await readBody(request);
    const answered = await route(operations, { query: new URLSearchParams(query), body });
    send(response, answered.status, answered.body);
  } catch (error) {
    const exitCode = error instanceof AppError ? error.exitCode : undefined;
    send(response, statusOf(error), { error: messageOf(error), exit_code: exitCode });
  }
}

function statusOf(error: unknown): number {
  if (error instanceof SupervisorEnding) return 503;
  if (error instanceof TooLarge) return 413;
  if (error instanceof BadRequest) return 400;
  return error instanceof AppError ? 409 : 500;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // The rest is read and dropped: a client that still writes when the connection closes may never see the answer.
    if (length > largestBody) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (length > largestBody) {
    throw new TooLarge(
      `the request has ${length} bytes, and ${largestBody} are the most: send less`,
    );
  }
  if (length === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new BadRequest('the request is not JSON', error);
  }
}
