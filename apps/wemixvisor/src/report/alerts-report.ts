import type { AlertEvent, AlertsReport as ActiveAlerts, sendTestAlert } from '@wemixvisor/alerts';

/** A channel, as far as it may be shown. */
interface ShownChannel {
  readonly channel: 'webhook' | 'exec';
  /** The receiver, without secrets. */
  readonly target: string;
  /** Alerts that are not delivered yet. */
  readonly queued: number;
}

/** An active condition. */
interface ShownTrouble {
  readonly event: AlertEvent;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly summary: string;
  /** ISO 8601. */
  readonly since: string;
  /** When it was last notified, ISO 8601; null while it has not lasted long enough. */
  readonly told_at: string | null;
}

/** A recent delivery. */
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

/** The published shape of `alerts --json`. */
export interface AlertsReport {
  readonly schema: 1;
  readonly channels: readonly ShownChannel[];
  readonly events: readonly AlertEvent[];
  readonly troubles: readonly ShownTrouble[];
  /** The newest last. */
  readonly deliveries: readonly ShownDelivery[];
}

/** The published shape of `alerts test --json`: one result for each channel. */
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

/** Puts the report of the alerts into its published shape. */
export function alertsReport({ conditions, deliveries, ...rest }: ActiveAlerts): AlertsReport {
  return {
    schema: 1,
    channels: rest.channels,
    events: rest.events,
    troubles: conditions.map(({ notifiedAt, ...condition }) => ({
      ...condition,
      told_at: notifiedAt,
    })),
    deliveries: deliveries.map(({ tookMs, why, ...delivery }) => ({
      ...delivery,
      took_ms: tookMs,
      why,
    })),
  };
}

/** Puts the results of a test into their published shape. */
export function alertTestReport(
  results: Awaited<ReturnType<typeof sendTestAlert>>,
): AlertTestReport {
  return {
    schema: 1,
    results: results.map(({ tookMs, why, ...result }) => ({ ...result, took_ms: tookMs, why })),
  };
}
