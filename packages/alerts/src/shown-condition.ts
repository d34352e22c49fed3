import type { AlertsReport } from './alerts-report.ts';
import type { AlertState } from './conditions/track-conditions.ts';

/** A condition as reports have it. */
export function shownCondition({
  event,
  severity,
  summary,
  since,
  notifiedAt,
}: AlertState): AlertsReport['conditions'][number] {
  return {
    event,
    severity,
    summary,
    since: new Date(since).toISOString(),
    notifiedAt: notifiedAt === null ? null : new Date(notifiedAt).toISOString(),
  };
}
