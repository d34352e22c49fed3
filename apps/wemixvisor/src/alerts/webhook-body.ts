import type { Settings } from '../settings/settings.ts';
import type { Alert } from './alert.ts';

/** The longest `content` that Discord takes (discord.com/developers/docs, "Create Message"). */
const discordLimit = 2_000;

/** The body of a webhook in the form that its receiver understands. */
export function webhookBody(alert: Alert, format: Settings['alertsWebhookFormat']): string {
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
  }
}

/** An alert in one line, as in `RAISED crash on host (/home/op/.wemixvisor): the node crashed …`. */
export function sentence({ status, severity, event, node, summary }: Alert): string {
  const how = status === 'raised' || status === 'notice' ? severity : status;
  return `${how.toUpperCase()} ${event} on ${node.host} (${node.home}): ${summary}`;
}

/** Slack's three special characters (docs.slack.dev, "Formatting message text"); without it `<!channel>` would work. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
