import type { ForkEvidence } from './evidence.ts';
import { isSamePoint } from './fork.ts';
import { pointOfPublished } from './publish-fork.ts';
import { forksOfRelease } from './release-forks.ts';
import type { WeighedFork } from './verdict.ts';

/**
 * The first fork that the network has or will have, told with confidence, and the program that is to take the node's place has not. A
 * fork that the running node has at another moment was moved by its options, which the next one gets too. Null where that program is newer
 * than the releases known here, or nothing is known of it.
 */
export function firstForkLackedBy(
  successor: ForkEvidence['client'],
  network: string | null,
  forks: readonly WeighedFork[],
): WeighedFork | null {
  const { flavour: client = '', version = null } = successor ?? {};
  if (version === null || network === null) return null;
  const release = forksOfRelease({ client, network, version });
  if (release?.release !== version) return null;
  const has = (fork: WeighedFork) =>
    release.forks.some(
      (each) => isSamePoint(each, pointOfPublished(fork)) || each.name === fork.name,
    );
  return forks.find((fork) => fork.confidence !== 'low' && !has(fork)) ?? null;
}
