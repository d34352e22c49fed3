import type { AlertTestReport } from '../report/alerts-report.ts';
import type { Alert, AlertedNode } from './alert.ts';
import type { Channel } from './channel.ts';
import { realPorts, type AlertPorts } from './ports.ts';

/** Sends a test alert through each channel, once and at the same time. */
export async function testChannels(
  channels: readonly Channel[],
  node: Omit<AlertedNode, 'host'>,
  ports: AlertPorts = realPorts,
): Promise<AlertTestReport> {
  const at = new Date(ports.wallNow()).toISOString();
  const alert: Alert = {
    schema: 1,
    id: ports.newId(),
    status: 'test',
    event: 'test',
    severity: 'info',
    summary: 'this is a test: alerts of this node arrive here',
    at,
    since: at,
    node: { host: ports.hostName(), ...node },
  };
  const results = channels.map(async (channel) => {
    const { name, target } = channel;
    const begun = ports.steadyNow();
    const attempt = await channel.send(alert, new AbortController().signal);
    return {
      channel: name,
      target,
      delivered: attempt.delivered,
      took_ms: Math.round(ports.steadyNow() - begun),
      why: attempt.delivered ? null : attempt.why,
    };
  });
  return { schema: 1, results: await Promise.all(results) };
}
