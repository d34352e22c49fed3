import { execFile } from 'node:child_process';

/** What a service tells systemd; what is left out is as it was. */
interface ServiceMessage {
  /** The service has started: `systemctl start` returns. */
  readonly ready?: true;
  /** The service is ending by itself. */
  readonly stopping?: true;
  /** One line for `systemctl status`, which every user of the machine can read. */
  readonly status?: string;
  /** Milliseconds from now that a start or a stop may still take, whatever the unit says. */
  readonly extendMs?: number;
}

/** The line from a service to systemd. */
export interface NotifyChannel {
  /** Within this many milliseconds systemd wants to hear something, or takes the service for hung; null where it does not. */
  readonly watchdogMs: number | null;
  /** Tells systemd, in the background: what is told while a message is under way is merged into the next one. */
  tell(message: ServiceMessage): void;
  /** Resolves when everything is told, or could not be. */
  settled(): Promise<void>;
}

/** The process that is a service. */
export interface ServiceProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Hears why systemd could not be told, once until it can be again. */
  readonly onError: (why: string) => void;
}

/** Runs `systemd-notify` with assignments; rejects where that fails. */
type Notify = (assignments: readonly string[], env: Record<string, string>) => Promise<void>;

/**
 * The channel of a service of `Type=notify`, null where the process is none: there is no `NOTIFY_SOCKET`. Node.js has no datagram sockets
 * of Unix, so it runs `systemd-notify`, which is part of systemd. The message comes from another process than the main one, for which the
 * unit needs `NotifyAccess=all`.
 */
export function createNotifyChannel(
  { env, pid, onError }: ServiceProcess,
  notify: Notify = runSystemdNotify,
): NotifyChannel | null {
  const { NOTIFY_SOCKET: socket = '', PATH = '/usr/bin:/bin' } = env;
  if (socket === '') return null;
  const watchdogMs = watchdogOf(env, pid);
  let next: ServiceMessage | null = null;
  let underWay: Promise<void> | null = null;
  let failed = false;

  async function send(): Promise<void> {
    for (let message = next; message !== null; message = next) {
      next = null;
      try {
        await notify(assignments(message, watchdogMs !== null), { NOTIFY_SOCKET: socket, PATH });
        failed = false;
      } catch (error) {
        if (!failed) onError(error instanceof Error ? error.message : String(error));
        failed = true;
      }
    }
    underWay = null;
  }

  return {
    watchdogMs,
    tell(message) {
      next = { ...next, ...message };
      underWay ??= send();
    },
    settled: () => underWay ?? Promise.resolve(),
  };
}

/** `WATCHDOG_PID` names the process that is meant; a child may have inherited the variables (sd_watchdog_enabled(3)). */
function watchdogOf(env: ServiceProcess['env'], pid: number): number | null {
  const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: meant = `${pid}` } = env;
  const milliseconds = Number(microseconds) / 1_000;
  return milliseconds > 0 && meant === `${pid}` ? milliseconds : null;
}

/** Each message is a sign of life too. */
function assignments(
  { ready, stopping, status, extendMs }: ServiceMessage,
  isWatched: boolean,
): readonly string[] {
  return [
    ...(ready === true ? ['READY=1'] : []),
    ...(stopping === true ? ['STOPPING=1'] : []),
    // A line break would begin another assignment.
    ...(status === undefined ? [] : [`STATUS=${status.replaceAll(/\p{Cc}+/gu, ' ')}`]),
    ...(extendMs === undefined ? [] : [`EXTEND_TIMEOUT_USEC=${Math.round(extendMs * 1_000)}`]),
    ...(isWatched ? ['WATCHDOG=1'] : []),
  ];
}

/** It waits until systemd has read the message; one that takes longer is given up. */
const patienceMs = 10_000;

const runSystemdNotify: Notify = (words, env) =>
  new Promise((resolve, reject) => {
    execFile('systemd-notify', [...words], { env, timeout: patienceMs }, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`systemd-notify: ${stderr.trim() || error.message}`));
    });
  });
