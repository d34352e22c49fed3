import type { AlertOptions } from '../alert-options.ts';
import type { Alert } from '../alert.ts';
import type { AlertPorts } from '../ports.ts';
import type { Attempt } from './attempt.ts';

/** The ways to reach an operator. */
export type ChannelName = 'webhook' | 'exec';

/** A way to reach an operator. */
export interface Channel {
  readonly name: ChannelName;
  /** The receiver, without secrets. */
  readonly target: string;
  /** Attempts at most: a hook that fails may have alerted the operator all the same. */
  readonly maxAttempts: number;
  /** Tries once; never rejects because of the receiver. */
  send(alert: Alert, signal: AbortSignal): Promise<Attempt>;
}

/** What channels need beside the options. */
export interface ChannelContext {
  /** The environment; a hook receives PATH, HOME and the like from it, and nothing else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that a hook runs in. */
  readonly cwd: string | undefined;
  readonly redact: (text: string) => string;
}

/**
 * The channels that the options name.
 *
 * @throws TypeError where `webhookUrl` is not a URL.
 */
export function channelsOf(
  options: Required<AlertOptions>,
  context: ChannelContext,
  ports: Pick<AlertPorts, 'postAlert' | 'runHook'>,
): readonly Channel[] {
  const { webhookUrl, webhookFormat: format, webhookSecretFile: secretFile } = options;
  const { exec, execTimeoutMs: timeoutMs } = options;
  const channels: Channel[] = [];
  if (webhookUrl !== null) {
    const url = new URL(webhookUrl);
    channels.push({
      name: 'webhook',
      target: `${format} at ${url.origin}`,
      maxAttempts: 100,
      send: (alert, signal) => ports.postAlert(alert, { url, format, secretFile, signal }),
    });
  }
  const [file, ...args] = exec;
  if (file !== undefined) {
    channels.push({
      name: 'exec',
      target: file,
      maxAttempts: 3,
      send: (alert, signal) => ports.runHook(alert, { ...context, file, args, timeoutMs, signal }),
    });
  }
  return channels;
}
