import type { Flavour } from '../node-version.ts';
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

/** params/config.go of go-stablenet v1.0.1. */
const stablenetNetworks = new Map([
  [8282, 'stablenet-mainnet'],
  [8283, 'stablenet-testnet'],
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
  if (flavour === 'gstable' && flagValues.enabled('testnet')) return 'stablenet-testnet';
  const number = flagValues.integer('networkid') ?? config.table('Eth').integer('NetworkId');
  const named = networkFlags.find((name) => flagValues.enabled(name));
  if (named !== undefined) return named === 'mainnet' ? defaultNetwork(flavour) : named;
  // 0 stands for the chain's own id (eth/ethconfig/config.go @ v1.13.5).
  if (number === undefined || number === 0) return defaultNetwork(flavour);
  return networksOf(flavour).get(number) ?? `network ${number}`;
}

const isWemix = (flavour: Flavour) => flavour === 'gwemix' || flavour === 'go-wbft';

function networksOf(flavour: Flavour): ReadonlyMap<number, string> {
  if (flavour === 'gstable') return stablenetNetworks;
  return isWemix(flavour) ? wemixNetworks : ethereumNetworks;
}

function defaultNetwork(flavour: Flavour): string | null {
  if (flavour === 'unknown') return null;
  if (flavour === 'gstable') return 'stablenet-mainnet';
  return isWemix(flavour) ? 'wemix-mainnet' : 'mainnet';
}
