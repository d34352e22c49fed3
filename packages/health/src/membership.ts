/** What a node says of a network whose members take turns in making blocks, as those of WEMIX do; null where it does not say. */
export interface Membership {
  /** The name of this node among the members; null where it is none, or did not say. */
  readonly self: string | null;
  /** Whether it is among the members that there are now; gwemix keeps its name when it has been removed. */
  readonly listed: boolean;
  /** By what the members take turns: it runs, does not run here, lacks members, or did not answer in time. */
  readonly etcd: 'running' | 'stopped' | 'no-quorum' | 'silent';
  /** Why that did not start, in the words of the node; null where it did not say. */
  readonly etcdFailure: string | null;
  readonly leader: string | null;
  readonly members: number;
  readonly membersUp: number;
  /** Whether the node's miner runs. */
  readonly mining: boolean | null;
  /** The newest blocks, and how many of them this member made. */
  readonly recent: { readonly blocks: number; readonly own: number } | null;
  /** Whether it works with the members that there are now. */
  readonly synced: boolean | null;
  /** The newest block of the other members. */
  readonly highestBlock: number | null;
  /** Votes that wait for this member, by number. */
  readonly waitingBallots: readonly number[];
  /** A vote that would remove this member. */
  readonly removalBallot: number | null;
}
