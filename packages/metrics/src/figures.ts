import type { LifecycleFacts } from './counted-event.ts';

/** A check of a node's health; null where the answer is unknown. */
interface Check {
  readonly healthy: boolean | null;
}

/** The last health check. A `HealthSnapshot` of `@wemixvisor/health` has this shape. */
interface HealthFigures {
  readonly status: string;
  readonly phase: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly head: {
    readonly number: number;
    /** ISO 8601. */
    readonly timestamp: string;
  } | null;
  readonly checks: {
    readonly rpc_endpoint: Check & {
      readonly latency_ms: number | null;
      readonly failures: number;
    };
    readonly peer_count: Check & { readonly peers: number | null };
    readonly sync_status: Check & {
      readonly syncing: boolean | null;
      readonly highest_block: number | null;
    };
    readonly head_progress: Check;
    readonly disk_space?: Check & {
      readonly free_bytes: number | null;
      readonly min_required_bytes: number;
    };
  };
}

/** What holds at the moment of a scrape; what is not known is null, and is left out of the answer. */
export interface Figures {
  readonly supervisor: {
    readonly version: string;
    /** Version of the runtime, such as `v24.1.0`. */
    readonly runtime: string;
    /** Epoch milliseconds. */
    readonly startedAt: number;
    readonly cpuMs: number;
    readonly memoryBytes: number;
  };
  readonly lifecycle: LifecycleFacts;
  /** Whether a load balancer may send it requests. */
  readonly isReady: boolean;
  /** The name of its chain, and the version that it names. */
  readonly network: string | null;
  readonly client: string | null;
  /** Null while the node is down, and when its last check is too old to count. */
  readonly health: HealthFigures | null;
  /** When a hard fork comes that the node does not have, epoch milliseconds. @default null */
  readonly missingForkAt?: number | null;
  /** Peers that the node takes at most. */
  readonly peerLimit: number | null;
  /** CPU since the process began, and its resident memory. */
  readonly usage: { readonly cpuMs: number; readonly memoryBytes: number } | null;
  readonly fileDescriptors: { readonly open: number; readonly limit: number | null } | null;
  /** Of the data directory and its file system. */
  readonly disk: { readonly dataBytes: number; readonly sizeBytes: number } | null;
  /** Bytes of the live log. */
  readonly logSize: number | null;
  readonly alerts: {
    readonly conditions: readonly { readonly event: string; readonly severity: string }[];
    readonly channels: readonly { readonly channel: string; readonly queued: number }[];
  };
}
