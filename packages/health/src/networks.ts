import type { NodeIdentity } from './observation.ts';

/** A public network, known by the chain id and the first block that its nodes say (params/config.go of geth v1.17.5, gwemix w0.10.9 and gstable v1.0.1). */
interface Network {
  readonly name: string;
  readonly genesisHash: string;
  /** Seconds between blocks where a consensus client makes the node follow the chain; null where the node does that itself. */
  readonly slotSeconds: number | null;
}

const networks: ReadonlyMap<number, Network> = new Map([
  [1, network('mainnet', '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3', 12)],
  [
    17_000,
    network('holesky', '0xb5f7f912443c940f21fd611f12828d75b534364ed9e95ca4e307729a4661bde4', 12),
  ],
  [
    560_048,
    network('hoodi', '0xbbe312868b376a3001692a646dd2d7d1e4406380dfd86b98aa8a34d1557c971b', 12),
  ],
  [
    11_155_111,
    network('sepolia', '0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9', 12),
  ],
  [
    8_282,
    network(
      'stablenet-mainnet',
      '0xf192f2ba82c9265777bad7d33b7fd561430ae5e1f60f2e99c893073c81dc5b7b',
      null,
    ),
  ],
  [
    8_283,
    network(
      'stablenet-testnet',
      '0x2bdf79b3d3cc49f9e6638ff81f3bb85065c79945a8fe4556cd0ff47bbfc02490',
      null,
    ),
  ],
  [
    1_111,
    network(
      'wemix-mainnet',
      '0xa4e17f33b057aa2f78685aba4d6a60a79fc0a366fe8a521a3af1d6eceb1cf3cd',
      null,
    ),
  ],
  [
    1_112,
    network(
      'wemix-testnet',
      '0x15f522870e65c4e66230341b71b63ca421a61d4b5432f59d4906f021802435c6',
      null,
    ),
  ],
]);

function network(name: string, genesisHash: string, slotSeconds: number | null): Network {
  return { name, genesisHash, slotSeconds };
}

/** The public network that a node is of; undefined where it is of none, or begins with another block. */
function publicNetwork({ chainId, genesisHash = null }: ChainIdentity): Network | undefined {
  const found = networks.get(chainId ?? 0);
  return genesisHash === null || genesisHash === found?.genesisHash ? found : undefined;
}

type ChainIdentity = Pick<NodeIdentity, 'chainId' | 'genesisHash'>;

/** The name of a chain; `chain 1337` where it is none of the public ones, null where the node does not say its id. */
export function networkName(identity: ChainIdentity): string | null {
  const { chainId } = identity;
  if (chainId === null) return null;
  const found = publicNetwork(identity);
  if (found !== undefined) return found.name;
  const namesake = networks.get(chainId)?.name;
  return namesake === undefined
    ? `chain ${chainId}`
    : `chain ${chainId}, not ${namesake}: its first block is another one`;
}

/** Seconds between blocks of a network whose nodes follow a consensus client, else null. */
export function slotSecondsOf(node: NodeIdentity | null): number | null {
  return (node === null ? null : publicNetwork(node)?.slotSeconds) ?? null;
}
