import { redactText } from '@wemixvisor/passthrough';
import { messageOf } from '../app-error.ts';
import type { Settings } from '../settings/settings.ts';
import type { AlertsReport, AlertTestReport } from '../report/alerts-report.ts';
import type { Alert, AlertedNode, Trouble } from './alert.ts';
import type { AlertFacts } from './alert-facts.ts';
import { channelsOf, type Channel } from './channel.ts';
import { createDispatch, type AlertLog } from './dispatch.ts';
import { judgeTroubles } from './judge-troubles.ts';
import { oneLine } from './one-line.ts';
import { realPorts, type AlertPorts } from './ports.ts';
import type { Memory } from './json-file-list.ts';
import { testChannels } from './test-channels.ts';
import { trackTroubles, type TrackedTrouble } from './track-troubles.ts';
import type { WaitingAlert } from './pending-alerts.ts';

/** What alerts are made from. */
export interface AlertsOptions {
  readonly settings: Settings;
  /** All that is known now; read at each look. */
  readonly facts: () => AlertFacts;
  /** Resolves when what happened last is known whole, as the node's last words after its end. */
  readonly settled: () => Promise<void>;
  readonly node: () => Omit<AlertedNode, 'host'>;
  readonly memory: Memory<TrackedTrouble>;
  readonly waiting: Memory<WaitingAlert>;
  readonly log: AlertLog;
  /** The supervisor's environment, of which a hook sees the harmless part. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Something that happened and is over. */
export type Happening = Omit<Trouble, 'holdMs'>;

/** Tells the operator what is wrong, and when it is over. Nothing here is ever waited for by the supervision. */
export interface Alerts {
  /** Something may have changed; looks soon. */
  look(): void;
  /** Tells of something that is over already, at most once an hour for each key. */
  notice(happening: Happening): void;
  /** Takes new settings at once. */
  update(settings: Settings): void;
  report(): AlertsReport;
  /** Sends a test through each channel, past the alerts that wait. */
  test(): Promise<AlertTestReport>;
  /** Looks a last time, and gives what waits a last chance of a few seconds. */
  finish(): Promise<void>;
}

/** Milliseconds between two looks when nothing happens: held troubles and reminders come due. */
const lookEveryMs = 5_000;
const noticeEveryMs = 60 * 60_000;
const finishWithinMs = 4_000;
const longestSummary = 1_000;

/**
 * Makes the alerts of a supervisor.
 *
 * @example
 * const alerts = createAlerts({ settings, facts, settled, node, memory, waiting, log: journal, env, home });
 * supervision.subscribe(() => alerts.look());
 */
export function createAlerts(options: AlertsOptions, ports: AlertPorts = realPorts): Alerts {
  const { facts, node, memory, log, env, home } = options;
  const dispatch = createDispatch(log, options.waiting, ports);
  const noticed = new Map<string, number>();
  let { settings } = options;
  let channels: readonly Channel[] = [];
  let troubles = memory.recall();
  let soon: Promise<void> | null = null;
  let cancelTimer = () => {};
  let ended = false;

  function update(next: Settings): void {
    settings = next;
    channels = channelsOf(next, { env, cwd: home });
    dispatch.use(channels);
  }

  function lookNow(): void {
    const judged = judgeTroubles(facts(), settings, ports.wallNow());
    const judgement = { ...judged, troubles: judged.troubles.map(presentable) };
    const before = troubles;
    const tracked = trackTroubles(before, judgement, {
      now: ports.steadyNow(),
      resolveAfterMs: settings.alertsResolveAfter,
      reminderMs: settings.alertsReminder,
    });
    troubles = tracked.troubles;
    for (const { status, trouble } of tracked.tellings) tell(status, trouble, trouble.since);
    if (outline(before) !== outline(troubles)) remember();
  }

  function tell(status: Alert['status'], happening: Happening, since: number): void {
    const { event, severity, summary } = happening;
    log[status === 'raised' ? 'warn' : 'info'](
      { event: 'alert', alert: event, status, severity },
      `alert ${status}: ${summary}`,
    );
    if (!settings.alertsEvents.includes(event)) return;
    dispatch.push({
      schema: 1,
      id: ports.newId(),
      status,
      event,
      severity,
      summary,
      at: new Date(ports.wallNow()).toISOString(),
      since: new Date(since).toISOString(),
      node: { host: ports.hostName(), ...node() },
    });
  }

  function remember(): void {
    try {
      memory.keep(troubles);
    } catch (error) {
      log.warn({ event: 'alerts' }, `what was told is not remembered: ${messageOf(error)}`);
    }
  }

  /** A fault in telling is no reason for a supervisor to die. */
  function lookSafely(): void {
    try {
      lookNow();
    } catch (error) {
      log.error({ event: 'alerts' }, `cannot tell what is wrong: ${messageOf(error)}`);
    }
  }

  function look(): void {
    if (ended) return;
    // One look for all that happens at once, when everybody else has heard of it too.
    soon ??= Promise.resolve()
      .then(options.settled)
      .then(() => {
        soon = null;
        if (!ended) lookSafely();
      });
  }

  function lookLater(): void {
    cancelTimer = ports.setTimer(lookEveryMs, () => {
      look();
      lookLater();
    });
  }

  update(settings);
  dispatch.resume();
  lookLater();
  look();

  return {
    look,
    notice(happening) {
      const now = ports.steadyNow();
      if (now - (noticed.get(happening.key) ?? Number.NEGATIVE_INFINITY) < noticeEveryMs) return;
      noticed.set(happening.key, now);
      for (const [key, at] of noticed) if (now - at >= noticeEveryMs) noticed.delete(key);
      tell('notice', presentable(happening), now);
    },
    update,
    report: () => ({
      schema: 1,
      channels: dispatch.channels(),
      events: settings.alertsEvents,
      troubles: troubles.map(shown),
      deliveries: dispatch.deliveries(),
    }),
    test: () => testChannels(channels, node(), ports),
    async finish() {
      await options.settled();
      lookSafely();
      ended = true;
      cancelTimer();
      await dispatch.finish(finishWithinMs);
    },
  };
}

/** Made fit to be shown, sent and written down: summaries quote the node, which may say anything. */
function presentable<T extends Happening>(happening: T): T {
  return { ...happening, summary: oneLine(happening.summary, longestSummary, redactText) };
}

/** What the next supervisor must know of troubles; what is said of them changes at every look. */
function outline(troubles: readonly TrackedTrouble[]): string {
  return JSON.stringify(troubles.map(({ key, severity, toldAt }) => [key, severity, toldAt]));
}

function shown({ event, severity, summary, since, toldAt }: TrackedTrouble) {
  return {
    event,
    severity,
    summary,
    since: new Date(since).toISOString(),
    told_at: toldAt === null ? null : new Date(toldAt).toISOString(),
  };
}
