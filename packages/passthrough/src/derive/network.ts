import type { NodeConfiguration } from '../parse/read-configuration.ts';

const networkFlags = [
  'mainnet',
  'ropsten',
  'rinkeby',
  'goerli',
  'sepolia',
  'kiln',
  'holesky',
  'hoodi',
  'calaveras',
  'yolov1',
  'yolov2',
  'yolov3',
] as const;

const ethereumNetworks = new Map([
  [1, 'mainnet'],
  [3, 'ropsten'],
  [4, 'rinkeby'],
  [5, 'goerli'],
  [17000, 'holesky'],
  [560048, 'hoodi'],
  [11155111, 'sepolia'],
]);

const wemixNetworks = new Map([
  [1111, 'wemix-mainnet'],
  [1112, 'wemix-testnet'],
]);

/**
 * Names the network a node joins: by its switch, else by its number (flag, then file), else the program's own default;
 * null where it cannot be derived. A data directory made with a genesis of its own may hold another chain: only RPC knows.
 */
export function deriveNetwork({ flagValues, config, context }: NodeConfiguration): string | null {
  const { flavour } = context.target;
  if (flagValues.enabled('dev')) return 'dev';
  if (flagValues.enabled('wemix-testnet')) return 'wemix-testnet';
  if (flavour === 'go-wbft' && flagValues.enabled('testnet')) return 'wemix-testnet';
  const number = flagValues.integer('networkid') ?? config.table('Eth').integer('NetworkId');
  const named = networkFlags.find((name) => flagValues.enabled(name));
  if (named !== undefined) return isWemix(flavour) && named === 'mainnet' ? 'wemix-mainnet' : named;
  // 0 stands for the chain's own id (eth/ethconfig/config.go @ v1.13.5).
  if (number === undefined || number === 0) return defaultNetwork(flavour);
  const known = isWemix(flavour) ? wemixNetworks : ethereumNetworks;
  return known.get(number) ?? `network ${number}`;
}

const isWemix = (flavour: string) => flavour === 'gwemix' || flavour === 'go-wbft';

function defaultNetwork(flavour: string): string | null {
  if (flavour === 'unknown') return null;
  return isWemix(flavour) ? 'wemix-mainnet' : 'mainnet';
}
