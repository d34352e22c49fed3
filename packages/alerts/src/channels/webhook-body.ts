import type { Alert } from '../alert.ts';

/** What a receiver of webhooks understands. */
export type WebhookFormat = 'json' | 'slack' | 'discord';

/** The longest `content` that Discord takes (discord.com/developers/docs, "Create Message"). */
const discordLimit = 2_000;

/** The body of a webhook in the format of its receiver. */
export function webhookBody(alert: Alert, format: WebhookFormat): string {
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

/** An alert in one line, as in `CRITICAL crash on host (/home/op/.wemixvisor): the node crashed …`. */
function sentence({ status, severity, event, node, summary }: Alert): string {
  const how = status === 'raised' || status === 'notice' ? severity : status;
  return `${how.toUpperCase()} ${event} on ${node.host} (${node.home}): ${summary}`;
}

/** Escapes Slack's three special characters (docs.slack.dev, "Formatting message text"), so that `<!channel>` calls nobody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
