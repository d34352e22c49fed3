import { createLabelledCount, type Sample } from './counts.ts';
import { counter, gauge, histogram, type Facts, type Family } from './family.ts';

/** The log of the node, and the alerts. */
export const logFamilies: readonly Family[] = [
  counter(
    'wemixvisor_log_bytes_total',
    'Bytes that the node has written to its log since the supervisor started.',
    ({ counts }) => counts.logBytes,
  ),
  counter(
    'wemixvisor_log_rotations_total',
    'Rotations of the log by result: done or failed. A failed one loses nothing and is tried again.',
    ({ counts }) => counts.rotations,
    'result',
  ),
  histogram(
    'wemixvisor_log_rotation_pause_seconds',
    'Time that the node stood still for a rotation; 0 where the file system cuts the file under it.',
    ({ counts }) => counts.pauseSeconds,
  ),
  gauge(
    'wemixvisor_log_full',
    '1 while the disk has no room for the log: lines may be lost.',
    ({ counts }) => counts.isLogFull,
  ),
  counter(
    'wemixvisor_log_full_seconds_total',
    'Time during which the disk had no room for the log.',
    ({ counts }) => counts.logFullSeconds,
  ),
  counter(
    'wemixvisor_log_cut_bytes_total',
    'Bytes that another program cut from the log before they were rotated.',
    ({ counts }) => counts.cutBytes,
  ),
  gauge(
    'wemixvisor_alert_active',
    'Conditions that are wrong now, by event and severity.',
    activeAlerts,
    'event',
    'severity',
  ),
  counter(
    'wemixvisor_alerts_total',
    'Alerts by event and status: raised, reminder, resolved or notice. Those that the settings do not send count too.',
    ({ counts }) => counts.alerts,
    'event',
    'status',
  ),
  counter(
    'wemixvisor_alert_deliveries_total',
    'Attempts to deliver an alert by channel and outcome: delivered, failed (tried again), given-up or dropped (both lost).',
    deliveries,
    'channel',
    'outcome',
  ),
  gauge(
    'wemixvisor_alert_queue_length',
    'Alerts that wait for their delivery, by channel.',
    ({ alerts }) =>
      alerts.channels.map(({ channel, queued }) => ({ labels: { channel }, value: queued })),
    'channel',
  ),
];

function activeAlerts({ alerts }: Facts): readonly Sample[] {
  const active = createLabelledCount();
  for (const { event, severity } of alerts.conditions) active.add({ event, severity });
  return active.samples();
}

const outcomes = ['delivered', 'failed', 'given-up', 'dropped'];

/** What was counted, and 0 for what has not happened on a channel yet. */
function deliveries({ alerts, counts }: Facts): readonly Sample[] {
  const known = alerts.channels.flatMap(({ channel }) =>
    outcomes.map((outcome) => ({ channel, outcome })),
  );
  const all = createLabelledCount(known);
  for (const { labels, value } of counts.deliveries) all.add(labels, value);
  return all.samples();
}
