import { anvil, ethereumjs, gethDev, onPath, type Client } from './clients.ts';

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
  /** Nothing runs yet. */
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
    prepare: (dataDirectory) => anvil('--state', `${dataDirectory}.json`, '--state-interval', '1'),
  },
  {
    title: geth === undefined ? 'on geth (skipped: geth is not on PATH)' : 'on geth',
    isPresent: geth !== undefined,
    keeps: 0,
    prepare: (dataDirectory) => gethDev(geth ?? 'geth', dataDirectory),
  },
];
