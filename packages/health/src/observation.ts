import type { Membership } from './membership.ts';
import type { Failure } from './rpc/failure.ts';
import type { SyncReport } from './sync-report.ts';

/** The newest block of a node; the timestamp is the chain's own, in epoch seconds. */
export interface Head {
  readonly number: number;
  readonly timestamp: number;
}

/** The identity that a node reports. */
export interface NodeIdentity {
  /** As the node says it: `Geth/v1.16.9-stable/linux-amd64/go1.25.1`. */
  readonly clientVersion: string | null;
  /** The number of its chain: 1 is mainnet. */
  readonly chainId: number | null;
  /** The hash of block 0, which tells a public network from another one with its chain id; null or absent where the node does not say. */
  readonly genesisHash?: string | null;
}

/** What one check of the RPC endpoint found; null = the node does not say. */
export interface RpcFindings {
  /** Null when the node answered. */
  readonly failure: Failure | null;
  readonly syncing: SyncReport | false | null;
  readonly peers: number | null;
  readonly head: Head | null;
  /** Undefined when it was not asked. */
  readonly identity?: NodeIdentity;
}

/** One finished check; `at` and `latencyMs` come from a clock that never jumps, `wallAt` is in epoch milliseconds. */
export interface Observation extends RpcFindings {
  readonly at: number;
  readonly wallAt: number;
  readonly latencyMs: number;
  readonly freeDiskBytes: number | null;
  readonly referenceHead: number | null;
  /** Why it stands still, in words, where the node said so lately. */
  readonly standstillReason: string | null;
  /** Null where the node has nothing to say of one. */
  readonly membership: Membership | null;
}
