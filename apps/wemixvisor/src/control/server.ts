import { chmodSync, existsSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { AppError, messageOf, systemCodeOf } from '../app-error.ts';
import { SupervisorEnding, type Operations } from './operations.ts';

/** Command lines and environments can reach the system's limit of 2 MiB; nothing bigger is read. */
const largestBody = 8 * 1024 ** 2;

/** A control server that listens. */
export interface ControlServer {
  /** Stops listening, lets the answers under way go out, and removes the socket. */
  close(): Promise<void>;
}

type Route = (operations: Operations, body: unknown) => unknown;

const routes: Readonly<Record<string, Route>> = {
  'GET /v1/status': (operations) => operations.status(),
  'POST /v1/start': (operations, body) => operations.start(body as never),
  'POST /v1/stop': (operations, body) => operations.stop(body as never),
  'POST /v1/restart': (operations, body) => operations.restart(body as never),
  'POST /v1/detach': (operations) => operations.detach(),
};

/**
 * Serves the operations as HTTP/1.1 and JSON on a Unix socket that only its owner can open (mode 0600).
 * The caller holds the home's lock, so a socket that is already there is a dead one and is replaced.
 */
export async function serveControl(
  { socket, uid }: { readonly socket: string; readonly uid: number },
  operations: Operations,
): Promise<ControlServer> {
  const place = { socket, uid };
  let server = await open(place, operations);
  const guard = setInterval(() => {
    if (existsSync(socket)) return;
    // Somebody removed the socket; without it nobody would ever reach this supervisor again. The old server goes
    // first: closing removes the file of its name, and what it has under way goes on.
    void closed(server);
    void open(place, operations).then(
      (opened) => (server = opened),
      () => {},
    );
  }, 1_000);
  guard.unref();
  return {
    close: () => {
      clearInterval(guard);
      return closed(server);
    },
  };
}

interface Place {
  readonly socket: string;
  readonly uid: number;
}

async function open({ socket, uid }: Place, operations: Operations): Promise<Server> {
  prepareSocket(socket, uid);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 1024 },
    (request, response) => void answer(operations, request, response),
  );
  server.maxConnections = 256;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  // Between bind and here the socket was guarded by its folder, which only the owner can enter.
  chmodSync(socket, 0o600);
  return server;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function prepareSocket(socket: string, uid: number): void {
  const folder = dirname(socket);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owned = lstatSync(folder);
  if (owned.uid !== uid || (owned.mode & 0o077) !== 0) {
    throw new AppError(
      `${folder} is not yours alone, and the control socket needs a folder that is: chown it and chmod 700 it`,
    );
  }
  try {
    unlinkSync(socket);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}

async function answer(operations: Operations, request: IncomingMessage, response: ServerResponse) {
  const path = request.url?.split('?')[0] ?? '';
  const route = routes[`${request.method ?? ''} ${path}`];
  try {
    if (route === undefined) {
      send(response, 404, { error: `there is no ${request.method ?? ''} ${path}` });
      return;
    }
    send(response, 200, await route(operations, await readBody(request)));
  } catch (error) {
    const status = error instanceof SupervisorEnding ? 503 : error instanceof AppError ? 409 : 500;
    const exitCode = error instanceof AppError ? error.exitCode : undefined;
    send(response, status, { error: messageOf(error), exit_code: exitCode });
  }
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
    if (length > largestBody) throw new AppError(`the request is over ${largestBody} bytes`);
    chunks.push(chunk);
  }
  if (length === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new AppError('the request is not JSON', { cause: error });
  }
}
