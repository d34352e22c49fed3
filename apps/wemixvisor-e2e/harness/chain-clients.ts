import { execFileSync, spawn } from 'node:child_process';
import { createECDH } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, waitFor } from '@wemixvisor/testkit';
import { anvil, ethereumjs, gethDev, headOf, onPath, type Client } from './clients.ts';

/** A real Ethereum client that keeps its chain in a folder. */
export interface ChainClient {
  /** Ends the title of a test: `on …`, or why it does not run here. */
  readonly title: string;
  readonly isPresent: boolean;
  /**
   * A block of its chain that also a SIGKILL leaves it. geth holds the state of the newest ones in memory and seals
   * them anew after that, but its genesis has the account of this data directory in it (`core/genesis.go`,
   * DeveloperGenesisBlock @ v1.17.5).
   */
  readonly keeps: number;
  /** Nothing of it runs when that is done. */
  readonly prepare: (dataDirectory: string) => Promise<Client>;
}

const geth = onPath('geth');
const gwemix = onPath('gwemix');

/** The clients that the guide's scenarios run on: those from npm, and geth and gwemix where they are on PATH. */
export const chainClients: readonly ChainClient[] = [
  {
    title: 'on ethereumjs',
    isPresent: true,
    keeps: 1,
    prepare: (dataDirectory) => ethereumjs(dataDirectory),
  },
  {
    title: 'on anvil',
    isPresent: true,
    keeps: 1,
    prepare: (dataDirectory) => anvilWithChain(`${dataDirectory}.json`),
  },
  {
    title: geth === undefined ? 'on geth (skipped: geth is not on PATH)' : 'on geth',
    isPresent: geth !== undefined,
    keeps: 0,
    prepare: (dataDirectory) => gethDev(geth ?? 'geth', dataDirectory),
  },
  {
    title: gwemix === undefined ? 'on gwemix (skipped: gwemix is not on PATH)' : 'on gwemix',
    isPresent: gwemix !== undefined,
    keeps: 1,
    prepare: (dataDirectory) => gwemixAlone(gwemix ?? 'gwemix', dataDirectory),
  },
];

/**
 * anvil with a chain of at least one block in a file, which each end by itself writes anew. It must not write it while
 * it runs (`--state-interval`): it empties the file first, and a SIGKILL amid that leaves a chain that it refuses.
 */
async function anvilWithChain(file: string): Promise<Client> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const client = await anvil('--state', file);
  const first = spawn(client.binary, client.args, { stdio: 'ignore' });
  const ended = once(first, 'exit');
  try {
    await waitFor(async () => (await headOf(client.rpcUrl).catch(() => 0)) >= 1, {
      everyMs: 200,
      what: 'the first block of anvil',
    });
  } finally {
    first.kill('SIGINT');
    await ended;
  }
  return client;
}

/** The forks of a chain of gwemix, but for Brioche, which halves its rewards. */
const wemixForks = [
  ...['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'istanbul'],
  ...['muirGlacier', 'berlin', 'london', 'pangyo', 'applepie'],
];

/**
 * gwemix on a chain of its own, making a block every second. `--dev` makes none. A node whose public key ends the extra data of
 * its genesis makes blocks until there is a governance, so that one can be deployed (getGenesisInfo in wemix/admin.go and
 * isBootNodeBeforeGenesis in wemix/sync.go @ w0.10.9): without contracts, accounts and etcd.
 */
async function gwemixAlone(binary: string, dataDirectory: string): Promise<Client> {
  const key = createECDH('secp256k1');
  const uncompressed = key.generateKeys('hex');
  const [genesis, port, chainId] = [join(dataDirectory, 'genesis.json'), await freePort(), 7113];
  const coinbase = `0x${'1'.padStart(40, '0')}`;
  mkdirSync(join(dataDirectory, 'geth'), { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDirectory, 'geth/nodekey'), key.getPrivateKey('hex').padStart(64, '0'));
  writeFileSync(
    genesis,
    JSON.stringify({
      config: { chainId, ...Object.fromEntries(wemixForks.map((fork) => [`${fork}Block`, 0])) },
      ...{ alloc: {}, coinbase, difficulty: '0x1', gasLimit: '0x6422c40' },
      extraData: `0x${Buffer.from(`0x${uncompressed.slice('04'.length)}`).toString('hex')}`,
    }),
  );
  execFileSync(binary, ['--datadir', dataDirectory, 'init', genesis], { stdio: 'pipe' });
  return {
    binary,
    args: [
      ...['--datadir', dataDirectory, '--networkid', `${chainId}`, '--gcmode', 'archive'],
      ...['--syncmode', 'full', '--miner.etherbase', coinbase],
      ...['--nodiscover', '--maxpeers', '0', '--nat', 'none', '--port', '0'],
      ...['--http', '--http.port', `${port}`],
    ],
    rpcUrl: `http://127.0.0.1:${port}`,
  };
}
