import type { Alerts, readStoredAlerts, sendTestAlert } from '@wemixvisor/alerts';

type ActiveAlerts = ReturnType<Alerts['report']>;
type Condition = ActiveAlerts['conditions'][number];
type Delivery = ActiveAlerts['deliveries'][number];
type TestResult = Awaited<ReturnType<typeof sendTestAlert>>[number];

/** An active condition; when it was last notified, null while it has not lasted long enough. */
type ShownTrouble = Omit<Condition, 'notifiedAt'> & { readonly told_at: string | null };
type WithTime<T> = Omit<T, 'tookMs'> & { readonly took_ms: number };

/** A recent delivery. */
export type ShownDelivery = WithTime<Delivery>;

/** The published shape of `alerts --json`. */
export interface AlertsReport extends Pick<ActiveAlerts, 'channels' | 'events'> {
  readonly schema: 1;
  readonly troubles: readonly ShownTrouble[];
  /** The newest last. */
  readonly deliveries: readonly ShownDelivery[];
}

/** The published shape of `alerts --json` where no supervisor runs: what the last one left. */
export interface LeftAlertsReport extends Pick<AlertsReport, 'schema' | 'troubles'> {
  readonly supervised: false;
  /** Alerts that the next supervisor will deliver. */
  readonly pending: number;
}

/** The published shape of `alerts test --json`: one result for each channel. */
export interface AlertTestReport {
  readonly schema: 1;
  readonly results: readonly WithTime<TestResult>[];
}

/** Puts the report of the alerts into its published shape. */
export function alertsReport({ conditions, deliveries, ...rest }: ActiveAlerts): AlertsReport {
  return {
    schema: 1,
    channels: rest.channels,
    events: rest.events,
    troubles: conditions.map(shownTrouble),
    deliveries: deliveries.map(({ tookMs, why, ...delivery }) => ({
      ...delivery,
      took_ms: tookMs,
      why,
    })),
  };
}

/** Puts what the last supervisor left into its published shape. */
export function leftAlertsReport({
  conditions,
  pending,
}: ReturnType<typeof readStoredAlerts>): LeftAlertsReport {
  return { schema: 1, supervised: false, troubles: conditions.map(shownTrouble), pending };
}

function shownTrouble({ notifiedAt, ...condition }: Condition): ShownTrouble {
  return { ...condition, told_at: notifiedAt };
}

/** Puts the results of a test into their published shape. */
export function alertTestReport(results: readonly TestResult[]): AlertTestReport {
  return {
    schema: 1,
    results: results.map(({ tookMs, why, ...result }) => ({ ...result, took_ms: tookMs, why })),
  };
}
