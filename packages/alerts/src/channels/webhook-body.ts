import type { Alert, Severity } from '../alert.ts';

/** What a receiver of webhooks understands. */
export type WebhookFormat = 'json' | 'slack' | 'discord' | 'pagerduty' | 'alertmanager';

/** What a body needs beside the alert. */
export interface BodyOptions {
  /** Names the service of PagerDuty that is alerted. */
  readonly integrationKey: string;
  /** Milliseconds between two reminders of a condition; 0: there are none. */
  readonly reminderMs: number;
}

/** The longest `content` that Discord takes (discord.com/developers/docs, "Create Message"). */
const discordLimit = 2_000;

/** The body of a webhook in the format of its receiver. */
export function webhookBody(alert: Alert, format: WebhookFormat, options: BodyOptions): string {
  switch (format) {
    case 'json':
      return JSON.stringify(alert);
    case 'slack':
      return JSON.stringify({ text: escaped(sentence(alert)) });
    case 'discord':
      return JSON.stringify({
        content: sentence(alert).slice(0, discordLimit),
        // A log line with @everyone in it must not wake everyone.
        allowed_mentions: { parse: [] },
      });
    case 'pagerduty':
      return JSON.stringify(pagerDutyEvent(alert, options));
    case 'alertmanager':
      return JSON.stringify(alertmanagerAlerts(alert, options));
  }
}

/** An alert in one line, as in `CRITICAL crash on host (/home/op/.wemixvisor): the node crashed …`. */
function sentence({ status, severity, event, node, summary }: Alert): string {
  const how = status === 'raised' || status === 'notice' ? severity : status;
  return `${how.toUpperCase()} ${event} on ${node.host} (${node.home}): ${summary}`;
}

/** Escapes Slack's three special characters (docs.slack.dev, "Formatting message text"), so that `<!channel>` calls nobody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The longest `summary` and `dedup_key` that PagerDuty takes (developer.pagerduty.com, "Send an Alert Event"). */
const pagerDutyLimits = { summary: 1_024, key: 255 };

/** An event of PagerDuty's Events API v2: what is resolved has the key that it was triggered with. */
function pagerDutyEvent(alert: Alert, { integrationKey }: BodyOptions) {
  const { id, key, status, event, severity, summary, at, since, node } = alert;
  const { host, home, ...rest } = node;
  const lasts = ['raised', 'reminder', 'resolved'].includes(status);
  return {
    routing_key: integrationKey,
    event_action: status === 'resolved' ? 'resolve' : 'trigger',
    dedup_key: (lasts ? `${key} ${host} ${home}` : id).slice(0, pagerDutyLimits.key),
    payload: {
      summary: `${event} on ${host}: ${summary}`.slice(0, pagerDutyLimits.summary),
      source: host,
      severity,
      timestamp: at,
      component: home,
      class: event,
      custom_details: { status, since, ...rest },
    },
  };
}

const severities: readonly Severity[] = ['info', 'warning', 'critical'];
const hour = 60 * 60_000;
const year = 365 * 24 * hour;

/**
 * Alerts of Alertmanager's API v2. One without an end would be taken for resolved after its `resolve_timeout`, so each lasts until after the
 * next reminder. A condition that got worse or is over ends what was sent of it with another severity, which is another alert there.
 */
function alertmanagerAlerts(alert: Alert, { reminderMs }: BodyOptions) {
  const { key, status, event, severity, summary, at, node } = alert;
  const { host: instance, home, network } = node;
  const startsAt = alert.since < at ? alert.since : at;
  const lastsMs = status === 'raised' || status === 'reminder' ? lasting(reminderMs) : hour;
  const later = new Date(Date.parse(at) + lastsMs).toISOString();
  const labels = { alertname: `wemixvisor ${event}`, job: 'wemixvisor', instance, home };
  return severities.map((each) => ({
    labels: { ...labels, key: keyOf(status, key, event), severity: each },
    annotations: { summary, ...(network !== null && { network }) },
    startsAt,
    endsAt: each === severity && status !== 'resolved' ? later : at,
  }));
}

const lasting = (reminderMs: number) => (reminderMs === 0 ? year : reminderMs + hour);

/** The key of a notice may hold a time, which would be another alert each time. */
const keyOf = (status: Alert['status'], key: string, event: Alert['event']) =>
  status === 'notice' ? event : key;
