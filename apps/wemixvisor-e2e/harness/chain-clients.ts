import { onPath } from '../../../tools/demo/dev-chain.mjs';
import { anvil, ethereumjs, gethDev, type Client } from './clients.ts';

/** A real Ethereum client that keeps its chain in a folder, also through a SIGKILL. */
export interface ChainClient {
  /** Ends the title of a test: `on …`, or why it does not run here. */
  readonly title: string;
  readonly isPresent: boolean;
  /** Nothing runs yet. */
  readonly prepare: (dataDirectory: string) => Promise<Client>;
}

const geth = onPath('geth');

/** The clients that the guide's scenarios run on: those from npm, and geth where it is on PATH. */
export const chainClients: readonly ChainClient[] = [
  {
    title: 'on ethereumjs',
    isPresent: true,
    prepare: (dataDirectory) => ethereumjs(dataDirectory),
  },
  {
    title: 'on anvil',
    isPresent: true,
    prepare: (dataDirectory) => anvil('--state', `${dataDirectory}.json`, '--state-interval', '1'),
  },
  {
    title: geth === undefined ? 'on geth (skipped: geth is not on PATH)' : 'on geth',
    isPresent: geth !== undefined,
    prepare: (dataDirectory) => gethDev(geth ?? 'geth', dataDirectory),
  },
];
