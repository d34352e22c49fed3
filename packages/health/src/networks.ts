import type { NodeIdentity } from './observation.ts';

/** A public network, known by the chain id that its nodes say. */
interface Network {
  readonly name: string;
  /** Seconds between blocks where a consensus client makes the node follow the chain; null where the node does that itself. */
  readonly slotSeconds: number | null;
}

const networks: ReadonlyMap<number, Network> = new Map([
  [1, { name: 'mainnet', slotSeconds: 12 }],
  [17_000, { name: 'holesky', slotSeconds: 12 }],
  [560_048, { name: 'hoodi', slotSeconds: 12 }],
  [11_155_111, { name: 'sepolia', slotSeconds: 12 }],
  [1_111, { name: 'wemix-mainnet', slotSeconds: null }],
  [1_112, { name: 'wemix-testnet', slotSeconds: null }],
]);

/** The name of a chain; `chain 1337` where it is none of the public ones, null where the node does not say its id. */
export function networkName(chainId: number | null): string | null {
  return chainId === null ? null : (networks.get(chainId)?.name ?? `chain ${chainId}`);
}

/** Seconds between blocks of a network whose nodes follow a consensus client, else null. */
export function slotSecondsOf(node: NodeIdentity | null): number | null {
  return networks.get(node?.chainId ?? 0)?.slotSeconds ?? null;
}
