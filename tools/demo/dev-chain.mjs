// A real Ethereum dev chain for the demo and the scenarios: geth where it is on PATH, else the client from npm.
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = new URL('dev-chain/', import.meta.url);
const clientFromNpm = new URL(
  '../../apps/wemixvisor-e2e/node_modules/.bin/ethereumjs',
  import.meta.url,
);

/** @param {string} name */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * A TCP port of the loopback interface that nobody had a moment ago.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * The client from npm, sealing a block every two seconds on a chain of its own.
 * @param {{ data: string, rpcPort: number, p2pPort: number }} where
 */
export function ethereumjs({ data, rpcPort, p2pPort }) {
  const file = (/** @type {string} */ name) => fileURLToPath(new URL(name, folder));
  return {
    name: '@ethereumjs/client',
    binary: fileURLToPath(clientFromNpm),
    rpcUrl: `http://127.0.0.1:${rpcPort}`,
    args: [
      `--gethGenesis=${file('genesis.json')}`,
      `--unlock=${file('key.txt')}`,
      ...['--mine', '--isSingleNode', '--discV4=false', '--discDns=false'],
      ...['--rpc', '--rpcPort', `${rpcPort}`, '--rpcEngine=false', '--port', `${p2pPort}`],
      ...['--dataDir', data, '--logFile=false'],
    ],
  };
}

/**
 * The dev chain of this machine.
 * @param {{ data: string, rpcPort: number, p2pPort: number }} where
 */
export function devChain(where) {
  const geth = onPath('geth');
  if (geth === undefined) return ethereumjs(where);
  return {
    name: 'geth --dev',
    binary: geth,
    rpcUrl: `http://127.0.0.1:${where.rpcPort}`,
    args: [
      ...['--dev', '--dev.period', '2', '--datadir', where.data],
      ...['--http', '--http.port', `${where.rpcPort}`, '--authrpc.port', '0'],
    ],
  };
}
