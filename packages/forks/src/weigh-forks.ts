import {
  announcedByPeers,
  announcedByReference,
  announcedByReleases,
  joinAnnouncements,
} from './announcements.ts';
import { chainStateOf, stateOf, type ChainState } from './chain-state.ts';
import { readEthConfig } from './eth-config.ts';
import type { ForkEvidence } from './evidence.ts';
import { firstForkLackedBy } from './forks-lacked.ts';
import type { ForkSource } from './fork-source.ts';
import { compare, isSamePoint, type Fork } from './fork.ts';
import { hashOf } from './json.ts';
import { configured, ownForks, type OwnForks } from './own-forks.ts';
import { countVotes, type PeerVote } from './peer-vote.ts';
import { endOfGoWemix } from './describe-fork.ts';
import { publishFork } from './publish-fork.ts';
import { countRefusedHandshakes } from './refused-handshakes.ts';
import type { ForkVerdict } from './verdict.ts';

/**
 * Weighs what a node, its log, its release, its peers and another node say of the hard forks of its chain. Pure: it asks nobody. A node's
 * own list is what it runs by. A fork that is not in it is missing where the table of releases has it, a quorum of the peers announces it,
 * or the reference node has it with the checksum of this chain. Never throws, whatever the answers are.
 *
 * @example
 * const verdict = weighForks({ now: Date.now(), client: { flavour: 'geth', version: '1.16.5' }, network: 'mainnet' });
 * verdict.missing?.name; // 'Osaka': releases from 1.16.6 on have it
 */
export function weighForks(evidence: ForkEvidence): ForkVerdict {
  const own = ownForks(evidence);
  const chain = chainStateOf(evidence, own.forks, own.genesisHash);
  const { vote, why: noVote } = votesOf(evidence, own, chain);
  const { reference, why: noReference } = referenceOf(evidence, own);
  const unknown = joinAnnouncements(
    [
      ...announcedByReleases(own),
      ...(reference ? announcedByReference(evidence, chain) : []),
      ...(vote === null ? [] : announcedByPeers(vote, evidence.raised)),
    ],
    own,
    chain,
  );
  const known = own.forks.map((fork) => ownFork(fork, own, { chain, client: evidence.client }));
  const forks = [...known, ...unknown].toSorted(compare).map((fork) => publishFork(fork, chain));
  return {
    forks,
    next: forks.find(({ known, state }) => known && state === 'coming') ?? null,
    missing: forks.find(({ known, confidence }) => !known && confidence !== 'low') ?? null,
    sources: sourcesOf(evidence, own, { vote, noVote, reference, noReference }),
    ...(evidence.successor && {
      lackedBySuccessor: firstForkLackedBy(evidence.successor, own.network, forks),
    }),
    refused: countRefusedHandshakes(evidence.logLines ?? []).nodeBehind,
  };
}

/** Where go-wemix ends: it has this fork only to make no blocks from there on (miner/worker.go, after 0.10.9). */
const lastOfGoWemix = ['MontBlanc', 'Croissant'];

function ownFork(
  fork: Fork,
  { told }: OwnForks,
  { chain, client }: { readonly chain: ChainState; readonly client: ForkEvidence['client'] },
) {
  const known = client?.flavour !== 'gwemix' || !lastOfGoWemix.includes(fork.name ?? '');
  const sources = (['node', 'eth_config', 'log', 'releases'] as const).filter((source) =>
    told[source]?.some((each) => isSamePoint(each, fork)),
  );
  const state = stateOf(fork, chain);
  const reasons = known ? [] : [endOfGoWemix];
  return { ...fork, state, known, sources, confidence: 'high' as const, reasons };
}

/** The vote of the peers; it can be counted only on a list of forks that gives the fork id which the node itself has. */
function votesOf(
  { peers }: ForkEvidence,
  { forkId, genesisHash, source }: OwnForks,
  chain: ChainState,
): { readonly vote: PeerVote | null; readonly why: string | null } {
  if (peers === undefined) return { vote: null, why: null };
  if (genesisHash === null || source === null) {
    return { vote: null, why: "the chain's first block or the node's own forks are not known" };
  }
  if (forkId !== null && !chain.hashes.includes(forkId.hash)) {
    const why = `not counted: the fork id of the node, ${forkId.hash}, does not follow from the forks that it lists`;
    return { vote: null, why };
  }
  return { vote: countVotes(peers, chain), why: null };
}

function referenceOf({ reference = null }: ForkEvidence, { genesisHash }: OwnForks) {
  if (reference === null) return { reference: null, why: null };
  const hash = hashOf(reference.genesis?.hash);
  if (hash === null || hash !== genesisHash) {
    const why = 'not counted: its first block is another one, or not known';
    return { reference: null, why };
  }
  const config = readEthConfig(reference.ethConfig);
  return { reference: config, why: config === null ? 'it does not answer eth_config' : null };
}

type Weighed = {
  readonly vote: PeerVote | null;
  readonly noVote: string | null;
  readonly reference: ReturnType<typeof readEthConfig>;
  readonly noReference: string | null;
};

function sourcesOf(
  { silent = {}, client, ...evidence }: ForkEvidence,
  { told, newest }: OwnForks,
  { vote, noVote, reference, noReference }: Weighed,
): ForkVerdict['sources'] {
  const listed = (source: ForkSource) => {
    const forks = told[source];
    return forks === undefined ? null : listWords(forks);
  };
  const says: Readonly<Record<ForkSource, string | null>> = {
    node: listed('node'),
    eth_config: listed('eth_config'),
    log: listed('log'),
    releases:
      newest === null
        ? null
        : `${client?.flavour} up to ${newest.release}: ${newest.forks.length} forks`,
    peers: vote === null || vote.voters === 0 ? null : voteWords(vote),
    reference: reference === null ? null : listWords(configured(reference)),
  };
  const why: Readonly<Record<ForkSource, string | null>> = {
    node: evidence.nodeInfo === undefined ? null : 'its answer to admin_nodeInfo has no chain',
    eth_config: evidence.ethConfig === undefined ? null : 'its answer is no configuration',
    log: 'no start banner in the log of this run',
    releases: 'not a public network, or a program that is not known',
    peers: vote === null ? noVote : voteWords(vote),
    reference: noReference,
  };
  return (Object.keys(says) as ForkSource[]).map((source) => ({
    source,
    heard: says[source] !== null,
    says: says[source] ?? silent[source] ?? why[source] ?? 'not asked',
  }));
}

function listWords(forks: readonly Fork[]): string {
  const count = forks.length === 1 ? '1 fork' : `${forks.length} forks`;
  return forks.length === 0 ? 'no forks' : `${count}, the last: ${wordsOf(forks.at(-1))}`;
}

function wordsOf(fork: Fork | undefined): string {
  if (fork === undefined) return 'none';
  const { name, unit, value } = fork;
  const time = () => `${new Date(Math.min(value * 1000, 8.64e15)).toISOString().slice(0, 16)}Z`;
  return `${name ?? 'one'} at ${unit === 'height' ? `block ${value}` : time()}`;
}

function voteWords({ connected, voters, ranges, refused }: PeerVote): string {
  const bad =
    refused === 0 ? '' : `; ${refused} records are not signed by their peer, or unreadable`;
  return `${voters} of ${connected} peers tell in a signed record where they are on this chain, in ${ranges} ranges of addresses${bad}`;
}
