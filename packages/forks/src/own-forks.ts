import { readNodeInfo } from './chain-config.ts';
import type { ForkId } from './checksum.ts';
import { readEthConfig, type EthConfig } from './eth-config.ts';
import type { ForkEvidence } from './evidence.ts';
import type { ForkSource } from './fork-source.ts';
import { inOrder, isSamePoint, type Fork } from './fork.ts';
import { hashOf } from './json.ts';
import { forksOfRelease, networkOfGenesis, type ReleaseForks } from './release-forks.ts';
import { readStartBanner } from './start-banner.ts';

/** The forks that the node's program has, and who says so. */
export interface OwnForks {
  readonly forks: readonly Fork[];
  /** The best source that told of the whole list; null where none did. */
  readonly source: 'node' | 'log' | 'releases' | 'eth_config' | null;
  /** Every source that told of the node's forks, with what it told. */
  readonly told: Partial<Readonly<Record<ForkSource, readonly Fork[]>>>;
  readonly genesisHash: string | null;
  /** The public network, by its first block where that is known; null for others. */
  readonly network: string | null;
  /** The fork id of the node's own record; null where it is not known. */
  readonly forkId: ForkId | null;
  readonly ethConfig: EthConfig | null;
  /** The newest release of the same program that is known here; null for a chain or a program that is not. */
  readonly newest: ReleaseForks | null;
  /** The node's own release, where it is known. */
  readonly release: ReleaseForks | null;
}

/** Finds out what the node knows, by the best source: the running node, then what its log said at its start, then its release. */
export function ownForks(evidence: ForkEvidence): OwnForks {
  const { client, genesis = null } = evidence;
  const info = readNodeInfo(evidence.nodeInfo);
  const banner = readStartBanner(evidence.logLines ?? []);
  const ethConfig = readEthConfig(evidence.ethConfig);
  const hash = info?.genesisHash ?? hashOf(genesis?.hash);
  // A chain that begins otherwise is another one, whatever the options say.
  const network = hash === null ? evidence.network : networkOfGenesis(hash);
  const table = (version: string | null) => {
    if (client === null || network === null) return null;
    const found = forksOfRelease({ client: client.flavour, network, version });
    return hash === null && banner !== null && banner.chainId !== found?.chainId ? null : found;
  };
  const newest = table(null);
  const release = client?.version ? table(client.version) : null;
  const told = {
    ...(info && { node: inOrder(info.forks, genesis?.timestamp) }),
    ...(banner && { log: inOrder(banner.forks, genesis?.timestamp) }),
    ...(release && { releases: release.forks }),
    ...(ethConfig && { eth_config: configured(ethConfig, genesis?.timestamp) }),
  };
  const source = (['node', 'log', 'releases', 'eth_config'] as const).find((each) => each in told);
  const whole = source === undefined ? [] : (told[source] ?? []);
  return {
    forks: inOrder([...whole, ...notIn(whole, told.eth_config ?? [])], genesis?.timestamp),
    source: source ?? null,
    told,
    genesisHash: hash ?? newest?.genesisHash ?? null,
    network,
    forkId: info?.forkId ?? null,
    ethConfig,
    newest,
    release,
  };
}

/** The forks of an `eth_config`, in order. */
export function configured(
  { current, next, last }: EthConfig,
  genesisTime?: number,
): readonly Fork[] {
  const forks = [current, next, last]
    .filter((fork) => fork !== null)
    .map(({ time }) => ({ name: null, unit: 'time' as const, value: time }));
  return inOrder(forks, genesisTime);
}

/** Those of `others` that are at no moment of `forks`. */
export function notIn<F extends Fork>(forks: readonly Fork[], others: readonly F[]): readonly F[] {
  return others.filter((other) => !forks.some((fork) => isSamePoint(fork, other)));
}
