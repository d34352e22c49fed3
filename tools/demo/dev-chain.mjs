// A real Ethereum dev chain for the demo and the scenarios: geth where it is on PATH, else the client from npm.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = new URL('dev-chain/', import.meta.url);
const clientFromNpm = new URL(
  '../../apps/wemixvisor-e2e/node_modules/.bin/ethereumjs',
  import.meta.url,
);

/** Every program of a name in a folder of PATH. @param {string} name */
export function everyOnPath(name) {
  const files = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name));
  return files.filter((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param {string} name */
export const onPath = (name) => everyOnPath(name)[0];

/**
 * The client from npm on a chain of its own: it seals a block every two seconds, or follows one that does.
 * @param {{ data: string, rpcPort: number, p2pPort: number, follows?: string }} where
 */
export function ethereumjs({ data, rpcPort, p2pPort, follows }) {
  const file = (/** @type {string} */ name) => fileURLToPath(new URL(name, folder));
  const sealing = ['--mine', '--isSingleNode', `--unlock=${file('key.txt')}`];
  return {
    name: '@ethereumjs/client',
    binary: fileURLToPath(clientFromNpm),
    rpcUrl: `http://127.0.0.1:${rpcPort}`,
    args: [
      `--gethGenesis=${file('genesis.json')}`,
      ...(follows === undefined ? sealing : [`--bootnodes=${follows}`]),
      ...['--discV4=false', '--discDns=false', '--rpcEngine=false'],
      ...['--rpc', '--rpcPort', `${rpcPort}`, '--port', `${p2pPort}`],
      ...['--dataDir', data, '--logFile=false'],
    ],
  };
}

/**
 * geth on a dev chain of its own, sealing a block every two seconds.
 * @param {{ binary: string, data: string, rpcPort: number }} where
 */
export function gethDev({ binary, data, rpcPort }) {
  return {
    name: 'geth --dev',
    binary,
    rpcUrl: `http://127.0.0.1:${rpcPort}`,
    args: [
      ...['--dev', '--dev.period', '2', ...writesEachState(binary), '--datadir', data],
      ...['--http', '--http.port', `${rpcPort}`, '--authrpc.port', '0'],
    ],
  };
}

/**
 * Has geth write the state of each block. Else geth 1.17 goes on no more after a SIGKILL: it lacks the state of its head,
 * and wants it from peers, which a dev chain has not. geth 1.10 has no choice of a scheme, and no need of one.
 * @param {string} binary
 */
export function writesEachState(binary) {
  const help = spawnSync(binary, ['--help'], { encoding: 'utf8' }).stdout;
  return help.includes('--state.scheme') ? ['--gcmode', 'archive', '--state.scheme', 'hash'] : [];
}

/**
 * The dev chain of this machine.
 * @param {{ data: string, rpcPort: number, p2pPort: number }} where
 */
export function devChain(where) {
  const geth = onPath('geth');
  return geth === undefined ? ethereumjs(where) : gethDev({ ...where, binary: geth });
}
