import type { Fork } from './fork.ts';
import { releasedNetworks } from './release-forks.generated.ts';

/** A fork, and the first release that has it. */
interface ReleasedFork extends Fork {
  readonly from: string;
}

/** The forks that a release has for a network. */
export interface ReleaseForks {
  readonly genesisHash: string;
  readonly chainId: number;
  /** The release that they are of. */
  readonly release: string;
  readonly forks: readonly ReleasedFork[];
}

/**
 * The hard forks that a release of geth or gwemix has for a public network; null where that is not known. Without a version it is the
 * newest release that this package knows. A release that is newer than that is read as the newest.
 *
 * @example
 * forksOfRelease({ client: 'geth', network: 'mainnet', version: '1.16.5' })?.forks.at(-1)?.name; // 'Prague'
 */
export function forksOfRelease({
  client,
  network,
  version = null,
}: {
  readonly client: string;
  readonly network: string;
  readonly version?: string | null;
}): ReleaseForks | null {
  const found = Object.hasOwn(releasedNetworks, network) ? releasedNetworks[network] : undefined;
  if (found === undefined || found.client !== client) return null;
  const { chainId, genesisHash, since, newest } = found;
  const asked = version === null || compareReleases(version, newest) > 0 ? newest : version;
  if (compareReleases(asked, since) < 0) return null;
  const forks = found.forks
    .filter(({ from, until }) => isWithin(asked, from, until))
    .map(({ name, height, time, from }) => ({
      name,
      unit: time === undefined ? ('height' as const) : ('time' as const),
      value: time ?? height ?? 0,
      from,
    }));
  return { chainId, genesisHash, release: asked, forks };
}

/** The name of the public network that begins with a block; null where none does. */
export function networkOfGenesis(genesisHash: string | null): string | null {
  const found = Object.entries(releasedNetworks).find(
    ([, each]) => each.genesisHash === genesisHash,
  );
  return found?.[0] ?? null;
}

function isWithin(version: string, from: string, until: string | undefined): boolean {
  const isOver = until !== undefined && compareReleases(version, until) >= 0;
  return compareReleases(version, from) >= 0 && !isOver;
}

function compareReleases(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
