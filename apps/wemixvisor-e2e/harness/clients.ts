import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fakeGeth } from '@wemixvisor/testkit';

/** A node that the scenarios supervise: its program, its arguments and where it answers. */
export interface Client {
  readonly binary: string;
  readonly args: readonly string[];
  readonly rpcUrl: string;
}

/** A TCP port of the loopback interface that nobody had a moment ago. */
export function freePort(): Promise<number> {
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

/** anvil's own program, not the script that would stand between it and its signals. */
function anvilBinary(): string {
  const require = createRequire(import.meta.url);
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const native = `@foundry-rs/anvil-${process.platform}-${architecture}/package.json`;
  const wrapper = dirname(require.resolve('@foundry-rs/anvil/package.json'));
  return join(dirname(createRequire(join(wrapper, 'package.json')).resolve(native)), 'bin/anvil');
}

/** anvil with a block every second; its peers cannot be counted (it has no net_peerCount). */
export async function anvil(...more: readonly string[]): Promise<Client> {
  const port = await freePort();
  return {
    binary: anvilBinary(),
    args: ['--port', `${port}`, '--block-time', '1', ...more],
    rpcUrl: `http://127.0.0.1:${port}`,
  };
}

const chain = (name: string) =>
  fileURLToPath(new URL(`../../../tools/demo/dev-chain/${name}`, import.meta.url));

/** The client from npm, alone on a chain of its own, sealing a block every two seconds. It takes 8 s to stop. */
export async function ethereumjs(dataDirectory: string): Promise<Client> {
  const [rpcPort, p2pPort] = [await freePort(), await freePort()];
  return {
    binary: fileURLToPath(new URL('../node_modules/.bin/ethereumjs', import.meta.url)),
    args: [
      `--gethGenesis=${chain('genesis.json')}`,
      `--unlock=${chain('key.txt')}`,
      ...['--mine', '--isSingleNode', '--discV4=false', '--discDns=false'],
      ...['--rpc', '--rpcPort', `${rpcPort}`, '--rpcEngine=false', '--port', `${p2pPort}`],
      ...['--dataDir', dataDirectory, '--logFile=false'],
    ],
    rpcUrl: `http://127.0.0.1:${rpcPort}`,
  };
}

/** The scriptable stand-in for geth, with its data in a folder; it is ready within a few milliseconds. */
export async function fake(
  dataDirectory: string,
  ...more: readonly string[]
): Promise<Client & { readonly dataDirectory: string }> {
  const port = await freePort();
  return {
    binary: fakeGeth,
    args: [
      ...['--datadir', dataDirectory, '--ipcdisable', '--http', '--http.port', `${port}`],
      ...more,
    ],
    rpcUrl: `http://127.0.0.1:${port}`,
    dataDirectory,
  };
}

/** Asks a node something over HTTP. */
export async function ask(rpcUrl: string, method: string): Promise<unknown> {
  const answer = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] }),
  });
  return ((await answer.json()) as { result: unknown }).result;
}

/** The number of a node's newest block. */
export async function headOf(rpcUrl: string): Promise<number> {
  return Number(await ask(rpcUrl, 'eth_blockNumber'));
}
