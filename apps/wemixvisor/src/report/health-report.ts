import type { HealthSnapshot } from '@wemixvisor/health';

/** A node's health as JSON: the guide's shape with further fields. Null means unknown. */
export interface HealthReport {
  readonly healthy: boolean;
  /** When it was last checked, ISO 8601. */
  readonly timestamp: string;
  readonly status: HealthSnapshot['status'];
  readonly phase: HealthSnapshot['phase'];
  /** Why, in words. */
  readonly reason: string;
  /** What will be done about it, and when. */
  readonly next: string | null;
  readonly head: {
    readonly number: number;
    readonly timestamp: string;
    readonly age_seconds: number | null;
    readonly block_interval_seconds: number | null;
  } | null;
  readonly sync: {
    readonly percent: number | null;
    readonly rate_per_second: number | null;
    readonly eta_seconds: number | null;
  } | null;
  readonly checks: HealthSnapshot['checks'];
}

/** The published form of a health snapshot; its checks are published as they are. */
export function healthReport(snapshot: HealthSnapshot): HealthReport {
  const { healthy, timestamp, status, phase, reason, next, head, sync, checks } = snapshot;
  return {
    healthy,
    timestamp,
    status,
    phase,
    reason,
    next,
    head:
      head === null
        ? null
        : {
            number: head.number,
            timestamp: head.timestamp,
            age_seconds: head.ageSeconds,
            block_interval_seconds: head.blockIntervalSeconds,
          },
    sync:
      sync === null
        ? null
        : {
            percent: sync.percent,
            rate_per_second: sync.ratePerSecond,
            eta_seconds: sync.etaSeconds,
          },
    checks,
  };
}
