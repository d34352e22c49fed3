import type { WebhookFormat } from './channels/webhook-body.ts';
import { alertEvents, type AlertEvent } from './alert-events.ts';

/** Which alerts are sent, where to and when. All of it can change at run time. Times are in milliseconds. */
export interface AlertOptions {
  /** Address that alerts are posted to, with `http:` or `https:`. Treated as a secret. @default null */
  readonly webhookUrl?: string | null;
  /** The body that the receiver understands. @default 'json' */
  readonly webhookFormat?: WebhookFormat;
  /** File with the secret that signs each post (HMAC-SHA256), with `pagerduty` with the integration key; read for each post. @default null */
  readonly webhookSecretFile?: string | null;
  /** Address that is asked (GET) in each interval while this process lives, with `http:` or `https:`. Treated as a secret. @default null */
  readonly heartbeatUrl?: string | null;
  /** The time between two heartbeats. @default 60_000 */
  readonly heartbeatIntervalMs?: number;
  /** A program and its arguments, run without a shell for each alert; empty: none. @default [] */
  readonly exec?: readonly string[];
  /** How long that program may run. @default 30_000 */
  readonly execTimeoutMs?: number;
  /** The events that are sent; the others are only logged. @default all of them */
  readonly events?: readonly AlertEvent[];
  /** How long the node must be degraded or have too few peers before that is raised. @default 300_000 */
  readonly degradedAfterMs?: number;
  /** How long the node must be behind before that is raised; 0: never. @default 86_400_000 */
  readonly prolongedSyncMs?: number;
  /** How long a condition must be gone before it is resolved. @default 60_000 */
  readonly resolveAfterMs?: number;
  /** The time between two reminders of a condition that lasts; 0: no reminders. @default 86_400_000 */
  readonly reminderMs?: number;
  /** Whether the node is restarted after a crash. @default true */
  readonly autoRestart?: boolean;
  /** Consecutive restarts before the operator is needed. @default 5 */
  readonly maxRestarts?: number;
  /** Which exits are followed by a restart. @default 'on-failure' */
  readonly restart?: 'on-failure' | 'always' | 'never';
}

const defaults: Required<AlertOptions> = {
  webhookUrl: null,
  webhookFormat: 'json',
  webhookSecretFile: null,
  heartbeatUrl: null,
  heartbeatIntervalMs: 60_000,
  exec: [],
  execTimeoutMs: 30_000,
  events: alertEvents,
  degradedAfterMs: 5 * 60_000,
  prolongedSyncMs: 24 * 60 * 60_000,
  resolveAfterMs: 60_000,
  reminderMs: 24 * 60 * 60_000,
  autoRestart: true,
  maxRestarts: 5,
  restart: 'on-failure',
};

/** Fills in the defaults. */
export function withDefaults(options: AlertOptions): Required<AlertOptions> {
  return { ...defaults, ...options };
}
