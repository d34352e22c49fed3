import type { AlertOptions } from '../alert-options.ts';
import type { Alert } from '../alert.ts';
import type { AlertPorts } from '../ports.ts';
import type { Attempt } from './attempt.ts';

/** The ways to reach an operator. */
export type ChannelName = 'webhook' | 'exec' | 'heartbeat';

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

/** What the options name: whom alerts are sent to, and who waits for a heartbeat. */
export interface NamedChannels {
  readonly alerted: readonly Channel[];
  readonly heartbeat: Channel | null;
}

/**
 * What the options name.
 *
 * @throws TypeError where `webhookUrl` or `heartbeatUrl` is not a URL.
 */
export function namedChannels(
  options: Required<AlertOptions>,
  context: ChannelContext,
  ports: Pick<AlertPorts, 'postAlert' | 'runHook' | 'sendHeartbeat'>,
): NamedChannels {
  return {
    alerted: channelsOf(options, context, ports),
    heartbeat: heartbeatOf(options, ports),
  };
}

/** All that a test tries. */
export function allChannels({ alerted, heartbeat }: NamedChannels): readonly Channel[] {
  return heartbeat === null ? alerted : [...alerted, heartbeat];
}

function channelsOf(
  options: Required<AlertOptions>,
  context: ChannelContext,
  ports: Pick<AlertPorts, 'postAlert' | 'runHook'>,
): readonly Channel[] {
  const { webhookUrl, webhookFormat: format, webhookSecretFile: secretFile } = options;
  const { reminderMs } = options;
  const { exec, execTimeoutMs: timeoutMs } = options;
  const channels: Channel[] = [];
  if (webhookUrl !== null) {
    const url = new URL(webhookUrl);
    channels.push({
      name: 'webhook',
      target: `${format} at ${url.origin}`,
      maxAttempts: 100,
      send: (alert, signal) =>
        ports.postAlert(alert, { url, format, secretFile, reminderMs, signal }),
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

/** It carries no alert: somebody else notes that it stays away. */
function heartbeatOf(
  { heartbeatUrl }: Required<AlertOptions>,
  ports: Pick<AlertPorts, 'sendHeartbeat'>,
): Channel | null {
  if (heartbeatUrl === null) return null;
  const url = new URL(heartbeatUrl);
  return {
    name: 'heartbeat',
    target: url.origin,
    maxAttempts: 1,
    send: (_alert, signal) => ports.sendHeartbeat({ url, signal }),
  };
}
