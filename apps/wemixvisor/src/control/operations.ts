import type { StartSources } from '../settings/resolve-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { Launch } from '../state/launch.ts';
import type { AlertsReport, AlertTestReport } from '../report/alerts-report.ts';
import type { HealthReport } from '../report/health-report.ts';
import type { SamplesReport, SampleWindow } from '../report/samples-report.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { UpgradeReport } from '../report/upgrade-report.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';

/** A request to start the node, or to restart it. Its sources are for the next start that repeats this one. */
export interface StartRequest extends StartSources {
  readonly launch: Launch;
  readonly settings: Settings;
}

/**
 * What became of a request to start: `different` leaves the running node alone and names what differs; with `already-running`
 * the settings of the request are in force as after a reload, and a supervisor of 0.4.0 does not say which are new.
 */
export type StartReply =
  | { readonly outcome: 'started'; readonly status: StatusReport }
  | ({ readonly outcome: 'already-running'; readonly status: StatusReport } & Partial<
      Omit<ReloadReply, 'overridden'>
    >)
  | { readonly outcome: 'different'; readonly differences: readonly string[] };

/** A request to stop the node. */
export interface StopRequest {
  /** Overrides the grace period, in milliseconds; 0 never kills. */
  readonly timeoutMs?: number;
  /** Kills at once. */
  readonly force?: boolean;
  /** Goes on where the other members of a WEMIX network cannot make blocks without it. */
  readonly belowQuorum?: boolean;
}

/** What reading the configuration again has changed; a line each, as in `health.min_peers: 1 → 3`. */
export interface ReloadReply {
  /** In force from now on. */
  readonly applied: readonly string[];
  /** In force from the next start of the node on. */
  readonly at_next_start: readonly string[];
  /** What the file says and an option or a variable of the start beats; a supervisor of 0.4.0 does not say it. */
  readonly overridden?: readonly string[];
  /** What could not be applied, and why. */
  readonly problems: readonly string[];
}

/** What became of a request to rotate the node's log. */
export type RotateReply =
  | {
      readonly rotated: true;
      readonly segment: string;
      readonly bytes: number;
      /** Milliseconds that the node stood still. */
      readonly pause_ms: number;
    }
  | { readonly rotated: false; readonly reason: string };

/** A request to upgrade the node's program, which is staged and checked already. */
export interface UpgradeRequest extends Pick<
  UpgradePlan,
  'schedule' | 'watchMs' | 'rollback' | 'keepsArguments' | 'backup' | 'hook' | 'forced'
> {
  /** What the new program will run with. */
  readonly launch: Launch;
  /** SHA-256 of the staged program. */
  readonly sha256: string | null;
}

/** A request to bring back the program that ran before. */
export interface RollbackRequest {
  /** Puts back the data that the upgrade had copied. */
  readonly restore: boolean;
  /** Goes back whatever the checks say. */
  readonly force: boolean;
}

/** The operations of a supervisor; the control socket carries them, and the foreground calls them directly. */
export interface Operations {
  status(): StatusReport;
  /** The node's health; `live` checks now, else the last check counts while it is younger than the interval. Null: not up. */
  health(request: { readonly live: boolean }): Promise<HealthReport | null>;
  /** How the node was within a window up to now; asks the node nothing. */
  samples(request: { readonly window: SampleWindow }): SamplesReport;
  /** Returns when the node has been started; it need not be ready yet. Without a request it repeats the last start. */
  start(request?: StartRequest): Promise<StartReply>;
  /** Returns when the node is gone. */
  stop(request: StopRequest): Promise<StatusReport>;
  /** Stops the node and starts it as requested, or as it was last; returns when that has begun. */
  restart(request?: StartRequest, how?: Pick<StopRequest, 'belowQuorum'>): Promise<StatusReport>;
  /** What is wrong now, and what was told of late. */
  alerts(): AlertsReport;
  /** Sends a test alert through each channel. */
  testAlerts(): Promise<AlertTestReport>;
  /** Reads the configuration again and applies what the node need not be touched for. Rejects a wrong one whole. */
  reload(): Promise<ReloadReply>;
  /** Rotates the node's log now. */
  rotateLog(): Promise<RotateReply>;
  /** The upgrade that is planned or under way, or the last one. */
  upgrade(): UpgradeReport;
  /** Plans an upgrade; returns when it waits or has begun. */
  startUpgrade(request: UpgradeRequest): Promise<UpgradeReport>;
  /** Gives up an upgrade whose new program was not started yet. */
  cancelUpgrade(): Promise<UpgradeReport>;
  /** Brings back the program that ran before; returns when that has begun. */
  rollbackUpgrade(request: RollbackRequest): Promise<UpgradeReport>;
  /** Leaves the node and ends the supervisor. */
  detach(): Promise<StatusReport>;
}
