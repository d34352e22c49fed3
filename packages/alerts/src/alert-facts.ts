/** The state of the node's process. A `LifecycleSnapshot` of `@wemixvisor/process` has this shape. */
export interface LifecycleFacts {
  readonly state:
    | 'stopped'
    | 'starting'
    | 'running'
    | 'stopping'
    | 'upgrading'
    | 'crashed'
    | 'error';
  /** What the operator wants. */
  readonly desired: 'up' | 'down';
  /** Why it is in this state, in words. */
  readonly reason: string | null;
  /** Epoch milliseconds; null while no process exists. */
  readonly startedAt: number | null;
  /** Restarts after a crash since the operator last started the node. */
  readonly restarts: { readonly crash: number };
  /** Consecutive failures since the operator last started the node or it last ran long enough. */
  readonly failures: number;
  readonly lastExit: {
    readonly code: number | null;
    readonly signal: string | null;
    /** `unasked` is a crash or an exit of its own; all others were requested. */
    readonly cause: 'unasked' | 'asked' | 'grace-period' | 'forced';
    /** The last line that the node wrote. */
    readonly lastLine: string | null;
    /** What the end means; `never`: no restart can help. @default unknown */
    readonly diagnosis?: {
      readonly class: 'never' | 'short' | 'retry' | 'hold';
      readonly summary: string;
      readonly remedy: string;
    };
  } | null;
  /** `check`: the node is down, and is started when a condition has cleared. @default null */
  readonly nextAction?: { readonly what: 'restart' | 'check' | 'kill' } | null;
}

interface Check {
  /** Null where the answer is unknown. */
  readonly healthy: boolean | null;
}

/** The health of a node that runs. A `HealthSnapshot` of `@wemixvisor/health` has this shape. */
export interface HealthFacts {
  readonly status: 'unknown' | 'healthy' | 'degraded' | 'unhealthy';
  /** `syncing`, `healing` and `looking for peers` count as behind. */
  readonly phase: string;
  /** The reason for the status, in words. */
  readonly reason: string;
  readonly sync: { readonly percent: number | null } | null;
  readonly checks: {
    readonly rpc_endpoint: Check;
    readonly sync_status: Check & {
      readonly current_block: number | null;
      readonly highest_block: number | null;
    };
    readonly head_progress: Check;
    readonly peer_count: Check & { readonly peers: number | null; readonly min_required: number };
    readonly disk_space?: Check & {
      readonly free_bytes: number | null;
      readonly min_required_bytes: number;
    };
    /** Of a node that is a member of a network with ballots. @default it is none */
    readonly membership?: Check & {
      /** What lets the members take turns; anything but `running` makes no blocks. */
      readonly etcd: string;
      /** What is wrong, in words. */
      readonly why: string | null;
      /** Its name; null where it is none now. */
      readonly member: string | null;
      readonly waiting_ballots: readonly number[];
      /** The ballot that would remove it. */
      readonly removal_ballot: number | null;
    };
  };
}

/** A health restart that was due and was not made. */
export interface RefusedRestart {
  /** Why not, in words. */
  readonly refusal: string;
  /** What is wrong with the node, in words. */
  readonly reason: string;
}

/** A hard fork that the network has or will have and the node's program does not. */
export interface MissingFork {
  /** The same for the same fork, as in `time 1797800000`. */
  readonly key: string;
  /** What it is, when it comes and who says so, in words. */
  readonly summary: string;
  /** When it comes or came, epoch milliseconds; null where that is not known. */
  readonly at: number | null;
}

/** Everything that conditions are judged by. */
export interface AlertFacts {
  /** The node's process. */
  readonly lifecycle: LifecycleFacts;
  /** Null while the node is not up or its health is not watched. @default null */
  readonly health?: HealthFacts | null;
  /** A restart for health that was due and not made; null where there is none. @default null */
  readonly refusedRestart?: RefusedRestart | null;
  /** The file system of the node's log is full. @default false */
  readonly logDiskFull?: boolean;
  /** The next hard fork that the node does not have; null where there is none. @default not known: it is not judged */
  readonly missingFork?: MissingFork | null | undefined;
}
