import type {
  AlertsReport,
  AlertTestReport,
  LeftAlertsReport,
  ShownDelivery,
} from '../report/alerts-report.ts';
import { renderSpan } from './status-table.ts';

/** Active alerts, channels and recent deliveries as text. `now` is milliseconds since the epoch. */
export function renderAlerts(report: AlertsReport, now: number): string {
  const ago = (time: string) => renderSpan(Math.max(0, now - Date.parse(time)));
  const canTell = report.channels.some(({ channel }) => channel !== 'heartbeat');
  const troubles = troubleLines(report.troubles, now, canTell);
  const channels = report.channels.map(({ channel, target, queued }) => {
    return `${channel}: ${target}${queued === 0 ? '' : `, ${queued} waiting`}`;
  });
  const deliveries = report.deliveries.map(
    (delivery) =>
      `${ago(delivery.at)} ago: ${delivery.event} ${delivery.status} ${outcomeOf(delivery)}`,
  );
  return [
    ...section('Wrong now', troubles, 'nothing'),
    ...section(
      'Channels',
      channels,
      'none, so nobody is told: set alerts.webhook_url or alerts.exec in config.toml',
    ),
    ...section('Deliveries', deliveries, 'none of late'),
  ].join('');
}

/** What the last supervisor left; no supervisor runs now. `now` is milliseconds since the epoch. */
export function renderLeftAlerts({ troubles, pending }: LeftAlertsReport, now: number): string {
  const count = pending === 1 ? '1 alert' : `${pending} alerts`;
  const waiting = pending === 0 ? [] : [`${count}, delivered by the next supervisor`];
  return [
    'No supervisor is running, so nobody watches the node: wemixvisor start\n',
    ...section('Wrong at the last look', troubleLines(troubles, now, false), 'nothing'),
    ...waiting.map((line) => `Not delivered: ${line}\n`),
  ].join('');
}

function troubleLines(
  troubles: AlertsReport['troubles'],
  now: number,
  canTell: boolean,
): readonly string[] {
  const ago = (time: string) => renderSpan(Math.max(0, now - Date.parse(time)));
  return troubles.map(({ severity, event, summary, since, told_at: told }) => {
    const said = told === null ? ', not told yet' : `, told ${ago(told)} ago`;
    return `${severity.padEnd(8)} ${event}: ${summary} (for ${ago(since)}${canTell ? said : ''})`;
  });
}

function section(title: string, lines: readonly string[], none: string): readonly string[] {
  const [only] = lines.length === 0 ? [none] : [];
  return only === undefined
    ? [`${title}:\n`, ...lines.map((line) => `  ${line}\n`)]
    : [`${title}: ${only}\n`];
}

function outcomeOf({ channel, outcome, attempts, took_ms: took, why }: ShownDelivery): string {
  if (outcome === 'delivered') return `delivered by ${channel} in ${took} ms`;
  const how = { failed: 'failed, tried again', 'given-up': 'given up', dropped: 'dropped' }[
    outcome
  ];
  return `by ${channel}: ${how} (attempt ${attempts}): ${why ?? ''}`;
}

/** The result of a test, a line for each channel. */
export function renderAlertTest({ results }: AlertTestReport): string {
  return results
    .map(({ channel, target, delivered, took_ms: took, why }) => {
      const how = delivered ? `delivered in ${took} ms` : `failed: ${why ?? ''}`;
      return `${channel} (${target}): ${how}\n`;
    })
    .join('');
}
