/** The state of a node's process. A `LifecycleSnapshot` of `@wemixvisor/process` has this shape. */
export interface LifecycleFacts {
  /** `stopped`, `starting`, `running`, `stopping`, `upgrading`, `crashed` or `error`. */
  readonly state: string;
  /** Epoch milliseconds at which that state was entered; null where that is not known. */
  readonly since: number | null;
  readonly desired: 'up' | 'down';
  readonly pid: number | null;
  /** Epoch milliseconds; null while there is no process. */
  readonly startedAt: number | null;
  /** Whether an earlier supervisor started the process. */
  readonly adopted: boolean;
  /** Restarts since the operator's last start, by what triggered them. */
  readonly restarts: { readonly crash: number; readonly health: number; readonly operator: number };
  readonly lastExit: {
    /** `unasked`, `asked`, `grace-period` or `forced`. */
    readonly cause: string;
    /** Epoch milliseconds. */
    readonly at: number;
    readonly diagnosis?: { readonly cause: string; readonly class: string };
  } | null;
  /** `check`: a restart waits for a condition. `at` is epoch milliseconds. */
  readonly nextAction: { readonly what: string; readonly at: number } | null;
}

/** The part of a health check that is counted. */
interface CheckFacts {
  readonly checks: {
    /** Null where there was no answer. */
    readonly rpc_endpoint: { readonly latency_ms: number | null };
  };
}

/** What the store of a log tells. A `StoreEvent` of `@wemixvisor/logs` has this shape. */
type LogFacts =
  | {
      readonly type: 'rotation';
      readonly report:
        | { readonly rotated: true; readonly bytes: number; readonly pauseMs: number }
        | { readonly rotated: false; readonly reason: string };
    }
  | { readonly type: 'truncated-by-other'; readonly lostBytes: number }
  | {
      readonly type:
        | 'disk-full'
        | 'disk-recovered'
        | 'recovered'
        | 'compressed'
        | 'removed'
        | 'cannot-pause'
        | 'moved-by-other'
        | 'error';
    };

/** What changes a counter. */
export type CountedEvent =
  | {
      readonly type: 'lifecycle';
      readonly change: {
        readonly before: LifecycleFacts;
        readonly after: LifecycleFacts;
        /** `left`: processes of the node that are still there after its end. */
        readonly event: { readonly type: string; readonly left?: readonly unknown[] };
      };
    }
  /** A health check has ended. */
  | { readonly type: 'checked'; readonly health: CheckFacts }
  /** A restart for health was due. */
  | {
      readonly type: 'health-restart';
      readonly outcome: 'accepted' | 'refused' | 'off' | 'dry-run';
    }
  | { readonly type: 'log'; readonly event: LogFacts }
  /** A start had to repair what the last end left. */
  | { readonly type: 'repaired'; readonly repair: { readonly rewound_blocks: number } }
  /** An upgrade of the node's program came to a step. */
  | { readonly type: 'upgrade'; readonly plan: { readonly step: string } }
  | { readonly type: 'alert'; readonly alert: string; readonly status: string }
  | { readonly type: 'alert-delivery'; readonly channel: string; readonly outcome: string };
