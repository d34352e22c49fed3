import type { Settings } from '../settings/settings.ts';
import type { Alert } from './alert.ts';
import { runHook } from './exec-hook.ts';
import { postAlert } from './webhook.ts';

/** What became of one attempt to deliver an alert. */
export type Attempt =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      /** One line; nothing in it is secret. */
      readonly why: string;
      /** False where another attempt would fare no better. */
      readonly retry: boolean;
      /** Milliseconds that the receiver wants to be left alone. */
      readonly retryAfterMs?: number;
    };

/** The ways to tell an operator. */
export type ChannelName = 'webhook' | 'exec';

/** A way to tell an operator. */
export interface Channel {
  readonly name: ChannelName;
  /** Where it leads to; nothing in it is secret. */
  readonly target: string;
  /** Attempts at most: a hook that fails may have told the operator all the same. */
  readonly maxAttempts: number;
  /** Tries once; never rejects for what the receiver does. */
  send(alert: Alert, signal: AbortSignal): Promise<Attempt>;
}

/** What channels need beside the settings: the environment that a hook may see parts of. */
export interface ChannelOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that a hook runs in. */
  readonly cwd: string;
}

/** The channels that the settings name. */
export function channelsOf(settings: Settings, { env, cwd }: ChannelOptions): readonly Channel[] {
  const { alertsWebhookUrl: address, alertsExec, alertsExecTimeout: timeoutMs } = settings;
  const { alertsWebhookFormat: format, alertsWebhookSecretFile: secretFile } = settings;
  const channels: Channel[] = [];
  if (address !== null) {
    const url = new URL(address);
    channels.push({
      name: 'webhook',
      target: `${format} at ${url.origin}`,
      maxAttempts: 100,
      send: (alert, signal) => postAlert(alert, { url, format, secretFile, signal }),
    });
  }
  const [file, ...args] = alertsExec;
  if (file !== undefined) {
    channels.push({
      name: 'exec',
      target: file,
      maxAttempts: 3,
      send: (alert, signal) => runHook(alert, { file, args, timeoutMs, env, cwd, signal }),
    });
  }
  return channels;
}
