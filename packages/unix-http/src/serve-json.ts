import { chmodSync, existsSync } from 'node:fs';
import {
  createJsonServer,
  type AnswerOptions,
  type CertificateSource,
  type Routes,
} from './json-server.ts';
import { prepareSocket } from './private-socket.ts';

type Served = ReturnType<typeof createJsonServer>;

/** A Unix socket. */
interface SocketPlace {
  /** Its path; its folder is created (0700) when missing. */
  readonly socket: string;
  /** The user whose folder it must be. @default the user of this process */
  readonly uid?: number;
  /** Milliseconds between two checks that the socket is still there. @default 1_000 */
  readonly checkEveryMs?: number;
}

/** A TCP address, for routes that anybody may ask. */
interface TcpPlace {
  readonly host: string;
  readonly port: number;
  /** With it connections are TLS 1.2 or later. What it throws at the start is thrown on, and must not be thrown later. @default null */
  readonly certificate?: CertificateSource | null;
}

/** A server that listens. */
interface JsonServer extends AsyncDisposable {
  /** Stops listening at once, removes the socket, and resolves when the answers under way have gone out; `await using` does the same. */
  close(): Promise<void>;
}

/**
 * Serves routes as JSON over HTTP/1.1, on a Unix socket that only its owner can open (0600) or on a TCP address, there by TLS where a certificate is given.
 *
 * A file that is already at the path of the socket is replaced: the caller knows that no other server uses it, for
 * instance by a lock. When somebody removes the socket it is made anew, because nobody could reach the server otherwise.
 *
 * @throws UnixHttpError `FOLDER_NOT_PRIVATE` when others can enter the folder of the socket; Node's own error when the
 * place cannot be listened on.
 * @example
 * const server = await serveJson(
 *   { socket: '/srv/app/run/app.sock', uid: process.getuid?.() ?? -1 },
 *   { 'GET /status': () => ({ status: 200, body: { state: 'running' } }) },
 * );
 * await server.close();
 */
export async function serveJson(
  place: SocketPlace | TcpPlace,
  routes: Routes,
  options: AnswerOptions = {},
): Promise<JsonServer> {
  if ('socket' in place) return serveOnSocket(place, () => createJsonServer(routes, options));
  const { certificate = null, host, port } = place;
  const served = createJsonServer(routes, options, certificate);
  await listening(served.server, { host, port });
  return disposable(() => closed(served));
}

async function serveOnSocket(place: SocketPlace, create: () => Served): Promise<JsonServer> {
  let served = await open(place, create);
  const guard = setInterval(() => {
    if (existsSync(place.socket)) return;
    // The old server goes first: closing removes the file of its name, and what it has under way goes on.
    void closed(served);
    void open(place, create).then(
      (opened) => (served = opened),
      () => {},
    );
  }, place.checkEveryMs ?? 1_000);
  guard.unref();
  return disposable(() => {
    clearInterval(guard);
    return closed(served);
  });
}

const disposable = (close: () => Promise<void>): JsonServer => ({
  close,
  [Symbol.asyncDispose]: close,
});

async function open(
  { socket, uid = process.getuid?.() ?? -1 }: SocketPlace,
  create: () => Served,
): Promise<Served> {
  prepareSocket(socket, uid);
  const served = create();
  await listening(served.server, { path: socket });
  // Between bind and here the socket was guarded by its folder, which only the owner can enter.
  chmodSync(socket, 0o600);
  return served;
}

/** Makes a server listen; rejects where it cannot. */
function listening(
  server: Served['server'],
  place: { readonly path: string } | Pick<TcpPlace, 'host' | 'port'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...place }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed({ server, streams }: Served): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    streams.close();
  });
}
