import { announcedPoint, isPlausible, stateOf, type ChainState } from './chain-state.ts';
import { forkBetween, type ForkId } from './checksum.ts';
import { isSamePoint, pointOf, type ForkPoint } from './fork.ts';
import { recordOf } from './json.ts';
import { decodeNodeRecord } from './node-record.ts';

/** A fork that peers announce and the node does not have. */
interface Announced {
  readonly point: ForkPoint;
  /** Distinct nodes that announce it. */
  readonly peers: number;
  /** Distinct ranges of addresses that they are in; each has one vote. */
  readonly ranges: number;
}

/** The votes of the peers of a node. */
export interface PeerVote {
  /** All peers that the node has. */
  readonly connected: number;
  /** Nodes that say in a signed record where they are on this chain, and the ranges of addresses that they are in. */
  readonly voters: number;
  readonly ranges: number;
  /** Records that were not signed by the peer that they are said to be of, or could not be read. */
  readonly refused: number;
  readonly announced: readonly Announced[];
}

/** A signature takes a millisecond to check, and geth has 50 peers. */
const mostPeers = 500;

interface Voice {
  readonly range: string;
  /** Null where it has nothing that the node does not have. */
  readonly point: ForkPoint | null;
}

/**
 * Counts what the peers of `admin_peers` say of their forks. A peer counts once its handshake is done, its record is signed by the very
 * node that is connected, and it is on this chain as it is now; one that says absurd things does not count. The first 500 are looked at.
 */
export function countVotes(answer: unknown, chain: ChainState): PeerVote {
  const all = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
  const peers = all.slice(0, mostPeers).map((peer) => recordOf(peer));
  const seen = new Set<unknown>();
  const heard: Voice[] = [];
  let refused = 0;
  for (const peer of peers) {
    if (seen.has(peer['id'])) continue;
    seen.add(peer['id']);
    const voice = voiceOf(peer, chain);
    if (voice === 'refused') refused += 1;
    else if (voice !== null) heard.push(voice);
  }
  return {
    connected: all.length,
    voters: heard.length,
    ranges: rangesOf(heard),
    refused,
    announced: announcedBy(heard),
  };
}

function voiceOf(peer: Readonly<Record<string, unknown>>, chain: ChainState) {
  const { enr, id, network, protocols } = peer;
  // Until the handshake has ended it is a word.
  const isDone = Object.values(recordOf(protocols)).some((each) => typeof each === 'object');
  const range = rangeOf(recordOf(network)['remoteAddress']);
  if (typeof enr !== 'string' || !isDone || range === null) return null;
  const { record } = decodeNodeRecord(enr);
  if (record === null || record.nodeId !== id) return 'refused';
  const point = record.forkId === null ? 'nothing' : pointAnnounced(record.forkId, chain);
  return point === 'nothing' ? null : { range, point };
}

/** `nothing` where a fork id tells nothing of this chain as it is now: of an older state, of another chain, or absurd. */
function pointAnnounced({ hash, next }: ForkId, chain: ChainState): ForkPoint | null | 'nothing' {
  const { hashes, passed } = chain;
  const at = hashes.indexOf(hash);
  if (at === -1) {
    const point = pointOf(forkBetween(hashes[passed] ?? '', hash));
    const isPast = stateOf(point, chain) === 'passed';
    return isPast && isPlausible(point, chain) ? point : 'nothing';
  }
  if (at < passed) return 'nothing';
  const point = announcedPoint(next, chain);
  return point === null || isPlausible(point, chain) ? point : 'nothing';
}

function announcedBy(voices: readonly Voice[]): readonly Announced[] {
  const points: ForkPoint[] = [];
  for (const { point } of voices) {
    if (point !== null && !points.some((each) => isSamePoint(each, point))) points.push(point);
  }
  return points.map((point) => {
    const those = voices.filter((voice) => voice.point !== null && isSamePoint(voice.point, point));
    return { point, peers: those.length, ranges: rangesOf(those) };
  });
}

const rangesOf = (voices: readonly Voice[]) => new Set(voices.map(({ range }) => range)).size;

/** The range of an address with its port: the first half of an IPv4 address, the first quarter of an IPv6 one. */
function rangeOf(address: unknown): string | null {
  if (typeof address !== 'string') return null;
  const host = /^\[?(?:::ffff:)?([0-9a-f.:]+?)(?:%\w+)?\]?:\d+$/i.exec(address)?.[1] ?? '';
  const v4 = /^(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(host)?.[1];
  if (v4 !== undefined) return v4;
  if (!host.includes(':') || !URL.canParse(`http://[${host}]`)) return null;
  const [before = ''] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::');
  const groups = before.split(':').filter((group) => group !== '');
  return `${groups[0] ?? '0'}:${groups[1] ?? '0'}`;
}
