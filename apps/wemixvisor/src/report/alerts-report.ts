import type { AlertEvent } from '../settings/alert-events.ts';

/** A channel, as far as it may be shown. */
export interface ShownChannel {
  readonly channel: 'webhook' | 'exec';
  /** Where it leads to; the secret parts are left out. */
  readonly target: string;
  /** Alerts that wait to be delivered. */
  readonly queued: number;
}

/** A trouble that stands now. */
export interface ShownTrouble {
  readonly event: AlertEvent;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly summary: string;
  /** ISO 8601. */
  readonly since: string;
  /** When it was last told, ISO 8601; null while it has not lasted long enough. */
  readonly told_at: string | null;
}

/** A delivery of late. */
export interface ShownDelivery {
  /** ISO 8601. */
  readonly at: string;
  readonly channel: ShownChannel['channel'];
  readonly event: AlertEvent | 'test';
  readonly status: string;
  readonly outcome: 'delivered' | 'failed' | 'given-up' | 'dropped';
  readonly attempts: number;
  readonly took_ms: number;
  readonly why: string | null;
}

/** What `alerts --json` prints. */
export interface AlertsReport {
  readonly schema: 1;
  readonly channels: readonly ShownChannel[];
  readonly events: readonly AlertEvent[];
  readonly troubles: readonly ShownTrouble[];
  /** The newest last. */
  readonly deliveries: readonly ShownDelivery[];
}

/** What `alerts test --json` prints: one result for each channel. */
export interface AlertTestReport {
  readonly schema: 1;
  readonly results: readonly {
    readonly channel: ShownChannel['channel'];
    readonly target: string;
    readonly delivered: boolean;
    readonly took_ms: number;
    readonly why: string | null;
  }[];
}
