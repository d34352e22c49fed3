import { silentLog } from './alert-log.ts';
import { withDefaults, type AlertOptions } from './alert-options.ts';
import type { AlertSetup } from './alert-setup.ts';
import type { AlertsReport } from './alerts-report.ts';
import { allChannels, namedChannels, type NamedChannels } from './channels/channel.ts';
import { ConditionWatch } from './condition-watch.ts';
import type { Occurrence } from './conditions/condition.ts';
import { Dispatch } from './delivery/dispatch.ts';
import { createHeartbeat } from './heartbeat.ts';
import { scheduleLooks } from './look-schedule.ts';
import { createNotifier } from './notifier.ts';
import { oneLine } from './one-line.ts';
import { withDefaultPorts, type AlertPorts } from './ports.ts';
import { testChannels, type AlertTestResult, type TestOptions } from './send-test-alert.ts';
import { shownCondition } from './shown-condition.ts';
import { alertFiles } from './storage/alert-files.ts';
import { storedAlertStates } from './storage/alert-states.ts';
import { storedPendingAlerts } from './storage/pending-alerts.ts';

/** The alerts of one node. Nothing waits for them, except for `test` and `finish`. */
export interface Alerts extends AsyncDisposable {
  /** The facts may have changed: looks at them soon. */
  look(): void;
  /** Sends an alert for something that is over, at most once an hour for each key. */
  notice(occurrence: Occurrence): void;
  /**
   * Replaces the options at once; what is left out is the default again.
   *
   * @throws TypeError where `webhookUrl` or `heartbeatUrl` is not a URL; then nothing is changed.
   */
  update(options: AlertOptions): void;
  /** What is wrong now, and what was delivered. */
  report(): AlertsReport;
  /** Sends a test alert through each channel, past the alerts that wait. */
  test(options?: TestOptions): Promise<readonly AlertTestResult[]>;
  /** Looks a last time, and tries to deliver what is pending for at most 4 seconds; `await using` does the same. */
  finish(): Promise<void>;
}

const finishWithinMs = 4_000;
const longestSummary = 1_000;

/**
 * Alerts an operator to what is wrong with a node, once, and again when it is over.
 *
 * @throws TypeError where `webhookUrl` or `heartbeatUrl` is not a URL.
 * @example
 * const why = { desired: 'up', reason: 'exit code 1', startedAt: null, failures: 1, lastExit: null } as const;
 * const facts = { lifecycle: { state: 'crashed', restarts: { crash: 1 }, ...why } } as const;
 * const node = { home: '/srv/geth', network: 'mainnet', binary: null, state: 'crashed', pid: null };
 * const webhookUrl = 'https://alerts.example/hook';
 * const alerts = createAlerts({ webhookUrl, facts: () => facts, node: () => node });
 * alerts.look();
 */
export function createAlerts(setup: AlertSetup, ports: Partial<AlertPorts> = {}): Alerts {
  const resolved = withDefaultPorts(ports);
  const { facts, node, directory = null, log = silentLog, redact = (text: string) => text } = setup;
  const { settled = () => Promise.resolve(), env = {}, cwd, onEvent = () => {} } = setup;
  const files = alertFiles(directory);
  const channelsFor = (wanted: Required<AlertOptions>) =>
    namedChannels(wanted, { env, cwd, redact }, resolved);
  const sanitize = (summary: string) => oneLine(summary, longestSummary, redact);

  let options = withDefaults(setup);
  let channels = channelsFor(options);
  const pending = storedPendingAlerts(files.pending, resolved);
  const dispatch = new Dispatch({ log, onEvent }, pending, resolved);
  const notifier = createNotifier(
    { node, options: () => options, dispatch, log, onEvent },
    resolved,
  );
  const watch = new ConditionWatch(
    {
      facts,
      sanitize,
      notify: ({ status, state }) => notifier.notify(status, state, state.since),
      store: storedAlertStates(files.states, resolved),
      log,
    },
    resolved,
  );
  const heartbeat = createHeartbeat(options, { log, onEvent }, resolved);
  dispatch.use(channels.alerted);
  dispatch.resume();
  const looks = scheduleLooks({ look: () => watch.look(options), settled }, resolved.clock);
  looks.request();

  async function finish(): Promise<void> {
    await settled().catch(() => {});
    watch.look(options);
    looks.end();
    heartbeat.end();
    await dispatch.finish(finishWithinMs);
  }
  return {
    look: () => looks.request(),
    notice: (occurrence) =>
      notifier.notice({ ...occurrence, summary: sanitize(occurrence.summary) }),
    update(next) {
      const complete = withDefaults(next);
      channels = channelsFor(complete);
      options = complete;
      dispatch.use(channels.alerted);
      heartbeat.update(complete);
    },
    report: () => ({
      channels: [...dispatch.channels(), ...shownHeartbeat(channels)],
      events: options.events,
      conditions: watch.states.map(shownCondition),
      deliveries: dispatch.deliveries(),
    }),
    test: (test) => testChannels(allChannels(channels), node(), resolved, test),
    finish,
    [Symbol.asyncDispose]: finish,
  };
}

/** A heartbeat has no alerts, so none of them wait for it. */
function shownHeartbeat({ heartbeat }: NamedChannels): AlertsReport['channels'] {
  return heartbeat === null
    ? []
    : [{ channel: heartbeat.name, target: heartbeat.target, queued: 0 }];
}
