import type { FakeClock } from '@wemixvisor/testkit';
import type { Alert } from '../src/alert.ts';
import type { Attempt } from '../src/channels/attempt.ts';
import type { AlertPorts } from '../src/ports.ts';

/** What went through fake ports, and how they behave. */
export interface FakePorts extends AlertPorts {
  /** The files by their path. */
  readonly files: Map<string, string>;
  /** Alerts that reached a channel, in order. */
  readonly sent: { readonly channel: 'webhook' | 'exec'; readonly alert: Alert }[];
  /** The addresses of heartbeats that were sent. */
  readonly heartbeats: string[];
  /** How the next attempts end; delivered when there are no more. */
  readonly attempts: Attempt[];
  sendHeartbeat: AlertPorts['sendHeartbeat'];
  /** False: no file can be written. */
  mayWrite: boolean;
}

/** Ports on a fake clock, with files in memory and channels that deliver. Chance is always 0. */
export function fakePorts(clock: FakeClock): FakePorts {
  let made = 0;
  const files = new Map<string, string>();
  const sent: FakePorts['sent'] = [];
  const heartbeats: string[] = [];
  const attempts: Attempt[] = [];
  const send = (channel: 'webhook' | 'exec') => (alert: Alert) => {
    sent.push({ channel, alert });
    return Promise.resolve(attempts.shift() ?? { delivered: true as const });
  };
  const ports: FakePorts = {
    clock,
    random: () => 0,
    newId: () => `id-${++made}`,
    hostName: () => 'validator-1',
    readFile(file) {
      const text = files.get(file);
      if (text === undefined) throw new Error(`ENOENT: ${file}`);
      return text;
    },
    writeFile(file, text) {
      if (!ports.mayWrite) throw new Error('no space left');
      files.set(file, text);
    },
    postAlert: send('webhook'),
    runHook: send('exec'),
    sendHeartbeat({ url }) {
      heartbeats.push(url.href);
      return Promise.resolve(attempts.shift() ?? { delivered: true });
    },
    heartbeats,
    files,
    sent,
    attempts,
    mayWrite: true,
  };
  return ports;
}
