import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {
  createServer as createIpcServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { join } from 'node:path';

import { temporaryDirectory } from './temporary-directory.ts';

/** How the server misbehaves from the next request on. */
export type RpcFault =
  | 'none'
  | 'hangs'
  | 'resets'
  | 'drips'
  | 'garbage'
  | 'binary'
  | 'error500'
  | 'forbids'
  | 'huge'
  | 'wrong-ids'
  | 'refuses-batches'
  | 'refuses-batches-by-status'
  | 'split-and-doubled';

/** What the scripted chain answers; a method whose value is undefined does not exist. */
export type RpcAnswers = Record<string, unknown>;

/** A JSON-RPC server on loopback whose answers and faults a test changes at will. */
export interface RpcServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Path of a Unix socket that speaks the same as geth's IPC. */
  readonly ipcPath: string;
  fault: RpcFault;
  readonly answers: RpcAnswers;
  /** Bodies received, in order; empty it at will. */
  readonly received: unknown[];
  /** Headers of the last HTTP request. */
  readonly headers: () => IncomingMessage['headers'];
  [Symbol.asyncDispose](): Promise<void>;
}

interface Call {
  readonly id?: unknown;
  readonly method?: string;
}

const healthyChain: RpcAnswers = {
  eth_syncing: false,
  net_peerCount: '0x8',
  eth_blockNumber: '0x12d687',
  eth_getBlockByNumber: { number: '0x12d687', timestamp: '0x66f56d28', transactions: [] },
  web3_clientVersion: 'Geth/v1.16.9-stable/linux-amd64/go1.25.1',
  eth_chainId: '0x457',
};

/** Starts the server over HTTP and over a Unix socket at once. */
export async function startRpcServer(answers: RpcAnswers = {}): Promise<RpcServer> {
  const folder = await temporaryDirectory();
  const ipcPath = join(folder.path, 'node.ipc');
  const sockets = new Set<Socket>();
  let headers: IncomingMessage['headers'] = {};
  const http = createHttpServer((request, response) => {
    headers = request.headers;
    void bodyOf(request).then((body) => answerHttp(server, body, response));
  });
  const ipc = createIpcServer((socket) => answerIpc(server, socket));
  for (const one of [http, ipc]) {
    one.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    });
  }
  await Promise.all([listening(http, { host: '127.0.0.1', port: 0 }), listening(ipc, ipcPath)]);
  const server: RpcServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    ipcPath,
    fault: 'none',
    answers: { ...healthyChain, ...answers },
    received: [],
    headers: () => headers,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([http, ipc].map((one) => new Promise((done) => one.close(done))));
      await folder[Symbol.asyncDispose]();
    },
  };
  return server;
}

function listening(server: Server, where: string | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(where, () => resolve());
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function answerHttp(server: RpcServer, body: string, response: ServerResponse): void {
  const request: unknown = JSON.parse(body);
  server.received.push(request);
  if (server.fault === 'error500') response.writeHead(500).end('out of order');
  else if (server.fault === 'forbids') response.writeHead(403).end('invalid host specified');
  else if (server.fault === 'refuses-batches-by-status' && Array.isArray(request)) {
    response.writeHead(400).end('batches are not welcome');
  } else {
    response.setHeader('content-type', 'application/json');
    send(server, request, response, () => response.end());
  }
}

function answerIpc(server: RpcServer, socket: Socket): void {
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString();
    let request: unknown;
    try {
      request = JSON.parse(received);
    } catch {
      return; // the rest is still under way
    }
    received = '';
    server.received.push(request);
    send(server, request, socket, () => undefined);
  });
}

/** Sends the answer, or what the fault makes of it, down an HTTP response or a socket. */
function send(server: RpcServer, request: unknown, to: ServerResponse | Socket, end: () => void) {
  const socket = 'socket' in to ? to.socket : to;
  const text = JSON.stringify(replyTo(server, request));
  const misbehave = misbehaviours[server.fault];
  if (misbehave === undefined) to.write(text);
  else if (misbehave(text, to, socket) === 'stays open') return;
  end();
}

type Misbehaviour = (
  text: string,
  to: ServerResponse | Socket,
  socket: Socket | null,
) => 'ends' | 'stays open';

const misbehaviours: Partial<Record<RpcFault, Misbehaviour>> = {
  hangs: () => 'stays open',
  resets(_text, to, socket) {
    // Only TCP knows a reset; a Unix socket just closes.
    if (to === socket) socket.destroy();
    else socket?.resetAndDestroy();
    return 'stays open';
  },
  drips(text, to) {
    drip(text, to);
    return 'stays open';
  },
  garbage(_text, to) {
    to.write('<html>not JSON-RPC</html>');
    return 'ends';
  },
  binary(_text, to) {
    to.write(Buffer.from([0xff, 0x00, 0x7b, 0x80, 0x22, 0xc3]));
    return 'ends';
  },
  huge(_text, to) {
    flood(to);
    return 'stays open';
  },
  'split-and-doubled'(text, to) {
    to.write('{"jsonrpc":"2.0","method":"eth_subscription","params":{"x":"]}\\""}}');
    for (const part of [text.slice(0, 7), text.slice(7), text]) to.write(part);
    return 'ends';
  },
};

function replyTo(server: RpcServer, request: unknown): unknown {
  if (!Array.isArray(request)) return replyToCall(server, request as Call);
  if (server.fault === 'refuses-batches') {
    return { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'batch not allowed' } };
  }
  return request.map((call: Call) => replyToCall(server, call));
}

function replyToCall({ fault, answers }: RpcServer, { id, method = '' }: Call): unknown {
  const head = { jsonrpc: '2.0', id: fault === 'wrong-ids' ? 'nobody-asked' : id };
  const result = answers[method];
  if (result instanceof Error) return { ...head, error: { code: -32000, message: result.message } };
  if (result !== undefined) return { ...head, result };
  const message = `the method ${method} does not exist/is not available`;
  return { ...head, error: { code: -32601, message } };
}

/** A byte now and then, so that an idle timeout never fires. */
function drip(text: string, to: ServerResponse | Socket): void {
  let at = 0;
  const timer = setInterval(() => {
    if (to.destroyed || at >= text.length) clearInterval(timer);
    else to.write(text[at++] ?? '');
  }, 20);
  to.on('close', () => clearInterval(timer));
}

/** JSON without an end, as fast as it is read. */
function flood(to: ServerResponse | Socket): void {
  const chunk = `"${'x'.repeat(65_000)}",`;
  to.write('[');
  const more = () => {
    while (!to.destroyed && to.write(chunk));
  };
  to.on('drain', more);
  more();
}
