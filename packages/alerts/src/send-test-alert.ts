import { withDefaults } from './alert-options.ts';
import type { SenderSetup } from './alert-setup.ts';
import type { Alert, AlertedNode } from './alert.ts';
import { allChannels, namedChannels, type Channel, type ChannelName } from './channels/channel.ts';
import { withDefaultPorts, type AlertPorts, type ResolvedPorts } from './ports.ts';

/** The result of a test on one channel. */
export interface AlertTestResult {
  readonly channel: ChannelName;
  /** The receiver: the format and host of a webhook, the path of a program. */
  readonly target: string;
  readonly delivered: boolean;
  /** Milliseconds that the attempt took. */
  readonly tookMs: number;
  /** Why it was not delivered, in one line without secrets; null where it was. */
  readonly why: string | null;
}

/** How a test can be given up. */
export interface TestOptions {
  /** Ends the attempts; the reason of the signal is thrown. @default each has its own limit */
  readonly signal?: AbortSignal;
}

/**
 * Sends a test alert through each channel that the options name, once and at the same time.
 *
 * @throws TypeError where `webhookUrl` or `heartbeatUrl` is not a URL.
 * @example
 * const node = { home: '/srv/geth', network: 'mainnet', binary: null, state: 'running', pid: 4711 };
 * await sendTestAlert({ exec: ['/usr/local/bin/page-me'], node: () => node, env: process.env });
 */
export async function sendTestAlert(
  setup: SenderSetup & TestOptions,
  ports: Partial<AlertPorts> = {},
): Promise<readonly AlertTestResult[]> {
  const resolved = withDefaultPorts(ports);
  const { node, redact = (text: string) => text, env = {}, cwd } = setup;
  const channels = allChannels(namedChannels(withDefaults(setup), { redact, env, cwd }, resolved));
  return testChannels(channels, node(), resolved, setup);
}

/** Sends a test alert through the given channels. */
export async function testChannels(
  channels: readonly Channel[],
  node: Omit<AlertedNode, 'host'>,
  { clock, newId, hostName }: ResolvedPorts,
  { signal = new AbortController().signal }: TestOptions = {},
): Promise<readonly AlertTestResult[]> {
  signal.throwIfAborted();
  const at = new Date(clock.now()).toISOString();
  const alert: Alert = {
    schema: 1,
    id: newId(),
    status: 'test',
    key: 'test',
    event: 'test',
    severity: 'info',
    summary: 'this is a test: alerts of this node arrive here',
    at,
    since: at,
    node: { host: hostName(), ...node },
  };
  const results = channels.map(async (channel) => {
    const { name, target } = channel;
    const begun = clock.monotonic();
    const attempt = await channel.send(alert, signal);
    signal.throwIfAborted();
    return {
      channel: name,
      target,
      delivered: attempt.delivered,
      tookMs: Math.round(clock.monotonic() - begun),
      why: attempt.delivered ? null : attempt.why,
    };
  });
  return Promise.all(results);
}
