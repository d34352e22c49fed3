/** Severities, mildest first. */
export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'crit';

/** The node's health as `wemixvisor status --json` has it, as far as it is shown. */
export interface HealthFacts {
  readonly status: 'healthy' | 'degraded' | 'unhealthy' | 'unknown';
  readonly phase: string;
  /** When it was last checked, ISO 8601. */
  readonly timestamp: string;
  readonly reason: string;
  readonly next: string | null;
  readonly head: {
    readonly number: number;
    readonly timestamp: string;
    readonly age_seconds: number | null;
    readonly block_interval_seconds: number | null;
  } | null;
  readonly sync: { readonly percent: number | null; readonly eta_seconds: number | null } | null;
  readonly checks: {
    readonly rpc_endpoint: { readonly healthy: boolean | null; readonly latency_ms: number | null };
    readonly peer_count: { readonly healthy: boolean | null; readonly peers: number | null };
    readonly sync_status: {
      readonly current_block: number | null;
      readonly highest_block: number | null;
    };
  };
}

/** The node's status as `wemixvisor status --json` has it, as far as it is shown. */
export interface StatusFacts {
  readonly state: string;
  /** Since when, ISO 8601; null where that is not known. */
  readonly state_since: string | null;
  readonly pid: number | null;
  /** Null when no supervisor is watching. */
  readonly supervisor_pid: number | null;
  readonly started_at: string | null;
  readonly adopted: boolean;
  readonly restart_count: number;
  readonly restarts: Readonly<Record<'crash' | 'health' | 'operator', number>>;
  /** Null where nobody checks, and before the first check. */
  readonly health: HealthFacts | null;
  readonly usage: { readonly cpu_percent: number; readonly memory_bytes: number } | null;
  readonly version: string | null;
  readonly network: string | null;
  readonly last_exit: { readonly diagnosis: { readonly remedy: string } | null } | null;
  readonly next_action: { readonly what: string; readonly at: string } | null;
  readonly stop_phase: { readonly what: string; readonly since: string } | null;
  /** Where an upgrade stands, in words. @default nothing is shown */
  readonly upgrade?: { readonly phase: string } | null;
  readonly reason: string | null;
}

/** How far back the history reaches that is shown. */
export type Window = '15m' | '6h' | '24h';

/** The supervisor's samples of the last minutes or hours, as `GET /v1/samples` answers. */
export interface SampleFacts {
  readonly window_seconds: number;
  readonly step_seconds: number;
  /** When the last sample was taken, ISO 8601; null where none was. */
  readonly newest_at: string | null;
  /** Oldest first, all of one length; null where nothing was seen. */
  readonly values: Readonly<Record<SampleName, readonly (number | null)[]>>;
  readonly blocks_per_minute: number | null;
  /** At the present rate; null where the disk does not fill. */
  readonly disk_full_in_seconds: number | null;
}

/** What is sampled, and in which unit. */
export type SampleName =
  | 'head'
  | 'peers'
  | 'sync_percent'
  | 'cpu_percent'
  | 'memory_bytes'
  | 'disk_free_bytes'
  | 'rpc_ms';

/** An active alert, as `wemixvisor alerts --json` has it. */
export interface AlertFacts {
  readonly severity: string;
  readonly event: string;
  readonly summary: string;
  readonly since: string;
}

/** A line of a log: the node's own, or an event of the supervisor. */
export interface LogLine {
  readonly time: Date | null;
  readonly level: Level | null;
  readonly text: string;
}

/**
 * All that is known of one home. What is unknown is null, and what is null is left out of the screen.
 */
export interface DashboardFacts {
  /** The name of the home, as it is to be shown. */
  readonly home: string;
  /** Which of how many homes it is; null where there is no other. */
  readonly place: { readonly at: number; readonly of: number } | null;
  readonly status: StatusFacts | null;
  /** When the status was read, in milliseconds since the epoch; null before it was. */
  readonly statusAt: number | null;
  /** Why there is no status, in words. */
  readonly problem: string | null;
  /** The health that was last seen of the present process, also where nobody checks any more. */
  readonly lastHealth: HealthFacts | null;
  readonly samples: SampleFacts | null;
  /** Why there are no samples, in words. */
  readonly noSamples: string | null;
  /** Null where the supervisor was not asked, or did not say. */
  readonly alerts: readonly AlertFacts[] | null;
  /** The newest last. */
  readonly events: readonly LogLine[];
  /** The newest last, all of them at least as severe as was asked for. */
  readonly log: readonly LogLine[];
  /** How long a stop waits before it kills, in words such as `5m`. */
  readonly grace: string | null;
}
