import type { NodeVersion } from '@wemixvisor/passthrough';
import type { TypedOptions } from '../config/resolve-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { AlertsReport, AlertTestReport } from './alerts-report.ts';
import type { HealthReport } from './health-report.ts';
import type { StatusReport } from './status-report.ts';

/** What the node is to be started with; the environment is the node's whole environment. */
export interface Launch {
  readonly binary: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What the program says it is; its command line is read accordingly. */
  readonly node: NodeVersion;
}

/** A request to start the node, or to restart it. */
export interface StartRequest {
  readonly launch: Launch;
  readonly settings: Settings;
  /** The options that were typed, for the next start that repeats this one. */
  readonly options: TypedOptions;
}

/** What became of a request to start: `different` leaves the running node alone and names what differs. */
export type StartReply =
  | { readonly outcome: 'started' | 'already-running'; readonly status: StatusReport }
  | { readonly outcome: 'different'; readonly differences: readonly string[] };

/** A request to stop the node. */
export interface StopRequest {
  /** Overrides the grace period, in milliseconds; 0 never kills. */
  readonly timeoutMs?: number;
  /** Kills at once. */
  readonly force?: boolean;
}

/** The supervisor is about to end and takes no more requests; another one has to be started. */
export class SupervisorEnding extends Error {
  override readonly name = 'SupervisorEnding';
}

/** The operations of a supervisor; the control socket carries them, and the foreground calls them directly. */
export interface Operations {
  status(): StatusReport;
  /** The node's health; `live` checks now, else the last check counts while it is younger than the interval. Null: not up. */
  health(request: { readonly live: boolean }): Promise<HealthReport | null>;
  /** Returns when the node has been started; it need not be ready yet. */
  start(request: StartRequest): Promise<StartReply>;
  /** Returns when the node is gone. */
  stop(request: StopRequest): Promise<StatusReport>;
  /** Stops the node and starts it as requested; returns when that has begun. */
  restart(request: StartRequest): Promise<StatusReport>;
  /** What is wrong now, and what was told of late. */
  alerts(): AlertsReport;
  /** Sends a test alert through each channel. */
  testAlerts(): Promise<AlertTestReport>;
  /** Leaves the node and ends the supervisor. */
  detach(): Promise<StatusReport>;
}
