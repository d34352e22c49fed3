import { createServiceNotifier } from '@wemixvisor/service-files';
import { serviceStatus } from '../../render/service-status.ts';
import type { Supervisor } from '../../supervisor/run-supervisor.ts';

/** What tells systemd of a supervisor in the foreground. */
export interface ServiceTeller {
  /** Tells that the supervisor ends with its node, and how the node is; resolves when systemd has heard it. */
  end(): Promise<void>;
}

/** The supervisor that is told of, as its command knows it. */
export interface ToldService {
  readonly supervisor: Pick<Supervisor, 'events' | 'operations'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Milliseconds after which a node that is still starting counts as started: nobody waits hours for a repair. */
  readonly waitTimeoutMs: number;
  readonly warn: (line: string) => void;
}

/** How often it is looked whether systemd has to be told something, unless it wants to hear more often. */
const tickMs = 20_000;
/** More than two ticks: a message that comes late costs no node its life. */
const extensionMs = 60_000;
/** Figures alone are worth a process no more often. */
const figuresMs = 60_000;

/**
 * Tells systemd when the node is ready, how it is, and that its start or its stop takes longer than the unit allows. Null where the process
 * is no service of `Type=notify`.
 */
export function tellServiceManager(
  { supervisor: { events, operations }, env, pid, waitTimeoutMs, warn }: ToldService,
  notifierOf: typeof createServiceNotifier = createServiceNotifier,
): ServiceTeller | null {
  const onError = (why: string) => warn(`wemixvisor: systemd does not hear of the node: ${why}`);
  const notifier = notifierOf({ env, pid, onError });
  if (notifier === null) return null;
  const { watchdogMs } = notifier;
  let ready = false;
  let last = { words: '', text: '', at: -Infinity };

  function look(isTick: boolean): void {
    const report = operations.status();
    const { words, figures } = serviceStatus(report);
    const text = figures === null ? words : `${words}; ${figures}`;
    const now = performance.now();
    const isNew = words !== last.words || (text !== last.text && now - last.at >= figuresMs);
    const isReady = !ready && report.state === 'running';
    ready ||= isReady;
    const takesTime = (isTick || isNew) && (!ready || report.state === 'stopping');
    const isDue = isTick && watchdogMs !== null && now - last.at >= watchdogMs / 3;
    if (!isNew && !isReady && !takesTime && !isDue) return;
    last = { words, text, at: now };
    notifier?.tell({
      status: text,
      ...(isReady && { ready: true }),
      ...(takesTime && { extendMs: extensionMs }),
    });
  }

  const ticks = setInterval(() => look(true), Math.min(tickMs, (watchdogMs ?? Infinity) / 3));
  const waited = setTimeout(() => {
    if (!ready) notifier.tell({ ready: true });
    ready = true;
  }, waitTimeoutMs);
  let over = false;
  events.subscribe(({ type }) => {
    if (!over && (type === 'lifecycle' || type === 'health')) look(false);
  });
  look(true);

  return {
    async end() {
      over = true;
      clearInterval(ticks);
      clearTimeout(waited);
      const report = operations.status();
      const { words } = serviceStatus(report);
      const left = `detached: the node (pid ${report.pid ?? 0}) runs on, and nobody watches it`;
      notifier.tell({ status: report.pid === null ? words : left, stopping: true });
      await notifier.settled();
    },
  };
}
