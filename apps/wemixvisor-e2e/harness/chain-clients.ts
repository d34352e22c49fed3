import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
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

/** The clients that the guide's scenarios run on: those from npm, and geth where it is on PATH. */
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
