import type { Members, readBallots } from '@wemixvisor/gwemix';

type Ballots = NonNullable<Awaited<ReturnType<typeof readBallots>>>;

/** What `wemix members --json` prints: version 1 of its shape. Null means unknown. */
export interface MembersReport {
  readonly schema: 1;
  /** The name of the node among the members; null where it is none. */
  readonly self: string | null;
  readonly governance: string | null;
  readonly registry: string | null;
  /** Whether the node works with the members that the governance has now. */
  readonly synced: boolean | null;
  readonly mining: boolean | null;
  /** The newest blocks, and how many of them the node made. */
  readonly recent: { readonly blocks: number; readonly own: number } | null;
  readonly members: readonly {
    readonly name: string;
    readonly address: string | null;
    readonly host: string | null;
    readonly up: boolean;
    readonly height: number | null;
  }[];
}

/** What `wemix etcd --json` prints: version 1 of its shape. */
export interface EtcdReport {
  readonly schema: 1;
  readonly state: Members['etcd']['state'];
  readonly self: string | null;
  readonly leader: string | null;
  /** Who may make the next block; null where nobody holds the right now. */
  readonly token: { readonly miner: string; readonly height: number | null } | null;
  /** How many of its members have to reach each other, so that blocks are made. */
  readonly needed: number | null;
  readonly members: readonly {
    readonly name: string;
    readonly id: string | null;
    readonly peer_url: string | null;
    readonly up: boolean;
  }[];
}

/** What `wemix ballots --json` prints: version 1 of its shape, the newest first. */
export interface BallotsReport {
  readonly schema: 1;
  readonly ballots: readonly {
    readonly id: number;
    readonly type: Ballots[number]['type'];
    readonly state: Ballots[number]['state'];
    readonly subject: string | null;
    readonly memo: string;
    readonly creator: string | null;
    /** ISO 8601, UTC; null while nobody has voted. */
    readonly started_at: string | null;
    readonly ends_at: string | null;
    readonly duration_seconds: number | null;
    readonly voters: number | null;
    /** Percent of all members. */
    readonly accepts_percent: number | null;
    readonly rejects_percent: number | null;
    readonly voted: boolean | null;
    readonly waits_for_us: boolean;
    readonly removes_us: boolean;
  }[];
}

/** The members as they are published. */
export function membersReport(members: Members): MembersReport {
  const { self, governance, registry, synced, mining, recent, nodes } = members;
  return { schema: 1, self, governance, registry, synced, mining, recent, members: nodes };
}

/** The etcd of the members as it is published. */
export function etcdReport({ self, etcd, token }: Members): EtcdReport {
  const count = etcd.members.length;
  return {
    schema: 1,
    state: etcd.state,
    self,
    leader: etcd.leader,
    token,
    needed: count === 0 ? null : Math.floor(count / 2) + 1,
    members: etcd.members.map(({ name, id, peerUrl, up }) => ({ name, id, peer_url: peerUrl, up })),
  };
}

/** The ballots as they are published. */
export function ballotsReport(ballots: Ballots): BallotsReport {
  return {
    schema: 1,
    ballots: ballots.map((ballot) => ({
      id: ballot.id,
      type: ballot.type,
      state: ballot.state,
      subject: ballot.subject,
      memo: ballot.memo,
      creator: ballot.creator,
      started_at: iso(ballot.startedAt),
      ends_at: iso(ballot.endsAt),
      duration_seconds: ballot.duration,
      voters: ballot.voters,
      accepts_percent: percent(ballot.accepts),
      rejects_percent: percent(ballot.rejects),
      voted: ballot.voted,
      waits_for_us: ballot.waitsForUs,
      removes_us: ballot.removesUs,
    })),
  };
}

/** The end of the range of a date is as near as one comes to a time beyond it. */
const iso = (seconds: number | null) =>
  seconds === null ? null : new Date(Math.min(seconds * 1000, 8.64e15)).toISOString();

const percent = (hundredths: number | null) => (hundredths === null ? null : hundredths / 100);
