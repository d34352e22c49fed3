import { rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

import { fatal, log } from './log.mjs';

const hex = (value) => `0x${value.toString(16)}`;

export function parse(text) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** What was recorded for a call, by its parameters; undefined where nothing was. */
function recordedFor({ answers = [] }, method, params) {
  const wanted = JSON.stringify([method, params]);
  return answers.find((one) => JSON.stringify([one.method, one.params]) === wanted)?.outcome;
}

/** A scripted member changes its leader as a real one does. */
function moveLeader({ answers = [] }, name) {
  const info = recordedFor({ answers }, 'admin_wemixInfo', [])?.value;
  if (info?.etcd?.leader === undefined) return undefined;
  info.etcd.leader = { ...info.etcd.leader, name };
  log('INFO', 'Moved leader', { name });
  return null;
}

function answer(chain, offered, { id = null, method, params = [] }) {
  const recorded = recordedFor(chain, method, params);
  const scripted = recorded?.kind === 'ok' ? recorded.value : undefined;
  const moved = method === 'admin_etcdMoveLeader' ? moveLeader(chain, params[0]) : scripted;
  const result = moved ?? (Object.hasOwn(offered, method) ? offered[method]() : moved);
  if (result !== undefined) return { jsonrpc: '2.0', id, result };
  const message = `the method ${method} does not exist/is not available`;
  return { jsonrpc: '2.0', id, error: { code: -32601, message } };
}

/** The reply to one request or batch, or undefined while RPC hangs. */
function reply(chain, request) {
  if (chain.rpc === 'hang') return undefined;
  if (chain.rpc === 'garbage') return '<html>not JSON-RPC</html>';
  const offered = methods(chain);
  if (!Array.isArray(request)) return JSON.stringify(answer(chain, offered, request));
  if (chain.rpc !== 'nobatch')
    return JSON.stringify(request.map((one) => answer(chain, offered, one)));
  const error = { code: -32600, message: 'batch not allowed' };
  return JSON.stringify({ jsonrpc: '2.0', id: null, error });
}

function methods(chain) {
  const { head, highest, peers } = chain;
  return {
    eth_syncing: () =>
      head < highest
        ? { startingBlock: '0x0', currentBlock: hex(head), highestBlock: hex(highest) }
        : false,
    net_peerCount: () => (peers === 'none' ? undefined : hex(Number(peers))),
    eth_blockNumber: () => hex(head),
    eth_getBlockByNumber: () => ({
      number: hex(head),
      timestamp: hex(chain.headTime),
      transactions: [],
    }),
    web3_clientVersion: () => chain.clientVersion,
    net_version: () => chain.networkId,
    eth_chainId: () => hex(Number(chain.networkId)),
  };
}

function serveHttp(chain) {
  return createHttpServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const parsed = parse(Buffer.concat(chunks).toString());
      if (chain.rpc === 'error' || parsed === null) {
        response.writeHead(chain.rpc === 'error' ? 500 : 400).end('broken\n');
        return;
      }
      const text = reply(chain, parsed.value);
      if (text === undefined) return;
      response.setHeader('content-type', 'application/json').end(text);
    });
  });
}

function serveIpc(chain, openSockets) {
  return createServer((socket) => {
    openSockets.add(socket);
    socket.on('close', () => openSockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
      const parsed = parse(received);
      if (parsed === null) return;
      received = '';
      if (chain.rpc === 'error') socket.destroy();
      const text = socket.destroyed ? undefined : reply(chain, parsed.value);
      if (text !== undefined) socket.write(`${text}\n`);
    });
  });
}

export function listen(server, where, shown) {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const why = error.code === 'EADDRINUSE' ? 'bind: address already in use' : error.message;
      fatal(`Error starting protocol stack: listen ${shown}: ${why}`);
    });
    server.listen(where, resolve);
  });
}

/** The HTTP and IPC servers over one chain; either address may be null. */
export function createRpc(chain, { http, ipcPath }) {
  const openSockets = new Set();
  const httpServer = serveHttp(chain);
  const ipcServer = serveIpc(chain, openSockets);
  return {
    async open() {
      if (ipcPath !== null) {
        rmSync(ipcPath, { force: true });
        await listen(ipcServer, ipcPath, `unix ${ipcPath}`);
        log('INFO', 'IPC endpoint opened', { url: ipcPath });
      }
      if (http !== null) {
        await listen(httpServer, http, `tcp ${http.host}:${http.port}`);
        const { address, port } = httpServer.address();
        http.port = port; // a port the system chose stays when RPC is opened again
        const endpoint = `${address}:${port}`;
        log('INFO', 'HTTP server started', { endpoint, auth: false, prefix: '', cors: '' });
      }
    },
    close() {
      httpServer.close();
      httpServer.closeAllConnections();
      ipcServer.close();
      for (const socket of openSockets) socket.destroy();
    },
  };
}
