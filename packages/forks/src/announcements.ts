import { isPlausible, stateOf, type ChainState } from './chain-state.ts';
import { nextHash } from './checksum.ts';
import { readEthConfig } from './eth-config.ts';
import type { ForkEvidence } from './evidence.ts';
import type { ForkSource } from './fork-source.ts';
import { isSamePoint, type Fork } from './fork.ts';
import { pointOfPublished, type JudgedFork } from './publish-fork.ts';
import { notIn, type OwnForks } from './own-forks.ts';
import type { PeerVote } from './peer-vote.ts';
import type { WeighedFork } from './verdict.ts';

/** What one source says of a fork that the node does not have. */
export interface Announcement {
  readonly fork: Fork;
  readonly source: ForkSource;
  readonly confidence: WeighedFork['confidence'];
  readonly reason: string;
}

/**
 * Ranges of addresses that have to announce a fork, at least, and the share of all that say something of this chain. `kept`: the share that
 * keeps a fork that was told of before, so that a vote that wavers is told of once, and a fork that was moved is let go.
 */
const quorum = { ranges: 3, share: 1 / 3, majority: 1 / 2, kept: 1 / 6 };

/** What the table says: forks of newer releases of the same program, or of its own release that the running node does not have. */
export function announcedByReleases({ forks, newest, release }: OwnForks): readonly Announcement[] {
  return notIn(forks, newest?.forks ?? []).map((fork) => {
    const isOwn = release?.forks.some((each) => isSamePoint(each, fork)) === true;
    const reason = isOwn
      ? `release ${release.release} has it and the running node does not: it was made without it, or told to move it`
      : `releases from ${fork.from} on have it`;
    return { fork, source: 'releases', confidence: 'high', reason };
  });
}

/** What a quorum of the peers announces. Fewer are told of with low confidence. */
export function announcedByPeers(
  vote: PeerVote,
  raised: ForkEvidence['raised'] = null,
): readonly Announcement[] {
  return vote.announced.map(({ point, peers, ranges }) => {
    const share = ranges / vote.ranges;
    const isRaised = raised !== null && isSamePoint(pointOfPublished(raised), point);
    const has = (least: number) => ranges >= quorum.ranges && share >= least;
    const confidence = has(quorum.majority)
      ? 'high'
      : has(quorum.share) || (isRaised && share >= quorum.kept)
        ? 'medium'
        : 'low';
    const counted = `${peers} of ${vote.voters} peers, in ${ranges} of ${vote.ranges} ranges of addresses, announce it`;
    const missing = confidence === 'low' ? '; that is no quorum' : '';
    return {
      fork: { name: null, ...point },
      source: 'peers',
      confidence,
      reason: `${counted}${missing}`,
    };
  });
}

/**
 * What another node's `eth_config` announces. Its checksum proves that it is of this chain: it follows from the forks before it. What
 * does not follow is told of with low confidence.
 */
export function announcedByReference(
  { reference = null }: ForkEvidence,
  chain: ChainState,
): readonly Announcement[] {
  const config = readEthConfig(reference?.ethConfig);
  const found: Announcement[] = [];
  let forks = chain.forks;
  for (const told of [config?.current, config?.next, config?.last]) {
    const fork = told ? { name: null, unit: 'time' as const, value: told.time } : null;
    if (!told || fork === null || !isPlausible(fork, chain)) continue;
    if (forks.some((known) => isSamePoint(known, fork))) continue;
    const before = forks.filter(({ unit, value }) => unit === 'height' || value < fork.value);
    const isLinked = told.hash !== null && told.hash === hashAfter(chain, before, fork.value);
    if (isLinked) forks = [...before, fork, ...forks.slice(before.length)];
    const reason = isLinked
      ? 'the reference node has it, with the checksum of this chain'
      : 'the reference node has it, with a checksum that does not follow from the forks known here';
    found.push({ fork, source: 'reference', confidence: isLinked ? 'medium' : 'low', reason });
  }
  return found;
}

function hashAfter(
  { hashes: [genesis] }: ChainState,
  before: readonly Fork[],
  at: number,
): string | null {
  if (genesis === undefined) return null;
  return nextHash(
    before.reduce((hash, { value }) => nextHash(hash, value), genesis),
    at,
  );
}

/** Joins what several sources say of one fork: peers and a reference that agree are as good as a majority. */
export function joinAnnouncements(
  announcements: readonly Announcement[],
  { forks }: OwnForks,
  chain: ChainState,
): readonly JudgedFork[] {
  const joined: JudgedFork[] = [];
  for (const { fork, source, confidence, reason } of announcements) {
    const at = joined.findIndex((each) => isSamePoint(each, fork));
    const before = joined[at];
    if (before === undefined) {
      const moved = forks.find(({ name }) => name !== null && name === fork.name);
      const reasons = moved ? [reason, `the node has ${moved.name} at another moment`] : [reason];
      const state = stateOf(fork, chain);
      joined.push({ ...fork, state, known: false, sources: [source], confidence, reasons });
    } else {
      joined[at] = {
        ...before,
        sources: [...before.sources, source],
        confidence: together(before.confidence, confidence),
        reasons: [...before.reasons, reason],
      };
    }
  }
  return joined;
}

function together(
  one: WeighedFork['confidence'],
  other: WeighedFork['confidence'],
): WeighedFork['confidence'] {
  if (one === 'low' || other === 'low') return one === 'low' ? other : one;
  return 'high';
}
