import type { AlertEvent } from './alert-events.ts';
import type { Alert, Severity } from './alert.ts';
import type { ChannelName } from './channels/channel.ts';

/** The active conditions, the channels and the latest deliveries. It contains no secrets. */
export interface AlertsReport {
  /** The ways to reach an operator that the options name. */
  readonly channels: readonly {
    readonly channel: ChannelName;
    /** The receiver: the format and host of a webhook, the path of a program. */
    readonly target: string;
    /** Alerts that are not delivered yet. */
    readonly queued: number;
  }[];
  /** The events that are sent. */
  readonly events: readonly AlertEvent[];
  /** What is wrong now. */
  readonly conditions: readonly {
    readonly event: AlertEvent;
    readonly severity: Severity;
    readonly summary: string;
    /** ISO 8601. */
    readonly since: string;
    /** When it was last notified, ISO 8601; null while it has not lasted long enough. */
    readonly notifiedAt: string | null;
  }[];
  /** The newest last; 20 at most. */
  readonly deliveries: readonly {
    /** ISO 8601. */
    readonly at: string;
    readonly channel: ChannelName;
    readonly event: Alert['event'];
    readonly status: Alert['status'];
    /** `failed` is tried again; `given-up` and `dropped` are lost. */
    readonly outcome: 'delivered' | 'failed' | 'given-up' | 'dropped';
    readonly attempts: number;
    /** Milliseconds of the last attempt. */
    readonly tookMs: number;
    /** Why it was not delivered; null where it was. */
    readonly why: string | null;
  }[];
}
