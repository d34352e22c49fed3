import type { History } from '../history.ts';
import type { Membership } from '../membership.ts';

/** Does a member of a network take its turns? `healthy` is null for a node that is none. */
export interface MembershipCheck {
  readonly healthy: boolean | null;
  /** The name of this node among the members. */
  readonly member: string | null;
  readonly etcd: Membership['etcd'];
  readonly leader: string | null;
  readonly members: number;
  readonly members_up: number;
  readonly mining: boolean | null;
  /** Of the newest blocks, how many this member made. */
  readonly own_blocks: number | null;
  readonly recent_blocks: number | null;
  readonly governance_synced: boolean | null;
  /** Votes that wait for this member. */
  readonly waiting_ballots: readonly number[];
  /** A vote that would remove this member. */
  readonly removal_ballot: number | null;
  /** What is wrong, in words. */
  readonly why: string | null;
}

/** Checks what the node says of its membership; null where it says nothing, as all but gwemix. */
export function checkMembership(history: History): MembershipCheck | null {
  const found = history.last?.membership ?? null;
  if (found === null) return null;
  const why = problemOf(found, history);
  return {
    healthy: found.self === null && why === null ? null : why === null,
    member: found.self,
    etcd: found.etcd,
    leader: found.leader,
    members: found.members,
    members_up: found.membersUp,
    mining: found.mining,
    own_blocks: found.recent?.own ?? null,
    recent_blocks: found.recent?.blocks ?? null,
    governance_synced: found.synced,
    waiting_ballots: found.waitingBallots,
    removal_ballot: found.removalBallot,
    why,
  };
}

/** Milliseconds from its start on in which a member may still join the others: gwemix looks every 5 seconds, and its etcd then needs some. */
const joiningMs = 60_000;

function problemOf(found: Membership, history: History): string | null {
  const { self, listed, etcd, etcdFailure, members, membersUp, mining, recent, synced } = found;
  if (self !== null && !listed) {
    return `${self} is no member any more: the governance has removed it`;
  }
  const age = (history.last?.at ?? history.startedAt) - history.startedAt;
  const isJoining = age < joiningMs && !(etcd === 'no-quorum' && history.joined);
  if (isJoining) return null;
  if (etcd === 'no-quorum') {
    return `etcd has no quorum, ${membersUp} of ${members} members are up: nobody makes blocks`;
  }
  // It answers everything else at once: only the list of etcd's members waits for a quorum.
  if (etcd === 'silent') {
    return `etcd does not answer, as where it has no quorum; ${membersUp} of ${members} members are up`;
  }
  if (self === null) return null;
  if (etcd === 'stopped') {
    const said = etcdFailure === null ? '' : ` (${etcdFailure})`;
    return `etcd does not run in ${self}: it makes no blocks${said}`;
  }
  if (mining === false) return `the miner of ${self} is off: it makes no blocks`;
  if (synced === false) return `${self} works with members that the governance has replaced`;
  // An account that is paid for the blocks in its place would look as if it made none.
  const missed = recent !== null && recent.own === 0 && history.madeBlocks;
  return missed ? `${self} made none of the last ${recent.blocks} blocks` : null;
}
