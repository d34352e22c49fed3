import type { AlertOptions } from './alert-options.ts';
import type { AlertHearers } from './alert-setup.ts';
import type { Alert, AlertedNode } from './alert.ts';
import type { Occurrence } from './conditions/condition.ts';
import type { Dispatch } from './delivery/dispatch.ts';
import type { ResolvedPorts } from './ports.ts';

/** What a notifier needs. */
export interface NotifierOptions extends AlertHearers {
  readonly node: () => Omit<AlertedNode, 'host'>;
  readonly options: () => Required<AlertOptions>;
  readonly dispatch: Dispatch;
}

/** Turns conditions and occurrences into alerts. */
export interface Notifier {
  /** Logs an alert, and sends it where its event is wanted. `since` is in epoch milliseconds. */
  notify(status: Alert['status'], occurrence: Occurrence, since: number): void;
  /** Notifies of something that is over, at most once an hour for each key. */
  notice(occurrence: Occurrence): void;
}

const noticeEveryMs = 60 * 60_000;

/** Makes the notifier of a supervisor. */
export function createNotifier(
  { node, options, dispatch, log, onEvent }: NotifierOptions,
  { clock, newId, hostName, steadyNow }: ResolvedPorts,
): Notifier {
  /** When each notice was last made. */
  const noticed = new Map<string, number>();

  function notify(status: Alert['status'], occurrence: Occurrence, since: number): void {
    const { key, event, severity, summary } = occurrence;
    const level = status === 'raised' ? 'warn' : 'info';
    const facts = { event: 'alert', alert: event, status, severity };
    log[level](facts, `alert ${status}: ${summary}`);
    onEvent({ type: 'alert', alert: event, status });
    if (!options().events.includes(event)) return;
    dispatch.push({
      schema: 1,
      id: newId(),
      status,
      key,
      event,
      severity,
      summary,
      at: new Date(clock.now()).toISOString(),
      since: new Date(since).toISOString(),
      node: { host: hostName(), ...node() },
    });
  }

  return {
    notify,
    notice(occurrence) {
      const now = steadyNow();
      for (const [key, at] of noticed) if (now - at >= noticeEveryMs) noticed.delete(key);
      if (noticed.has(occurrence.key)) return;
      noticed.set(occurrence.key, now);
      notify('notice', occurrence, now);
    },
  };
}
