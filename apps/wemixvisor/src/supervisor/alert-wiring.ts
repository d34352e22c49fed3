import { createAlerts, type Alerts } from '@wemixvisor/alerts';
import { describeFork } from '@wemixvisor/forks/describe';
import type { HealthSnapshot } from '@wemixvisor/health';
import type { LifecycleChange } from '@wemixvisor/process';
import { redactText } from '@wemixvisor/passthrough';
import {
  alertsReport,
  alertTestReport,
  type AlertsReport,
  type AlertTestReport,
} from '../report/alerts-report.ts';
import { forkDate, forkKey, type ForkReport } from '../report/forks-report.ts';
import { killWordsOf } from '../report/exit-words.ts';
import { upgradeWords } from '../report/upgrade-words.ts';
import { alertOptions } from '../settings/alert-options.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { SupervisorEvent } from './events.ts';
import { logTrouble } from './journal-log-events.ts';

/** What alerts ask for when they look. */
export interface AlertViews {
  readonly health: () => HealthSnapshot | null;
  readonly status: () => StatusReport;
  readonly missingFork: () => ForkReport | null | undefined;
}

/** The alerts of a supervisor, with their reports as they are published. */
export interface WiredAlerts {
  report(): AlertsReport;
  /** Sends a test alert through each channel. */
  test(): Promise<AlertTestReport>;
  /** Looks a last time, and tries to deliver what is pending for a few seconds. */
  finish(): Promise<void>;
}

/** Sends alerts on what goes wrong with the node, its health and its log. */
export function wireAlerts(
  node: AdoptedNode,
  { health, status, missingFork }: AlertViews,
): WiredAlerts {
  const { options, settings, events, journal, supervision, store } = node;
  const { paths, env } = options;
  let refusedRestart: RefusedRestart | null = null;

  const alerts = createAlerts({
    ...alertOptions(settings.current),
    env,
    cwd: paths.home,
    directory: paths.run,
    log: journal,
    onEvent: (event) => events.publish(event),
    redact: redactText,
    facts: () => {
      const present = health();
      if (present?.checks.rpc_endpoint.healthy === true) refusedRestart = null;
      return {
        lifecycle: supervision.snapshot,
        health: present,
        refusedRestart,
        logDiskFull: store.figures.diskFull,
        missingFork: missingForkOf(missingFork()),
      };
    },
    node: () => {
      const { state, pid, network, binary, home } = status();
      return { state, pid, network, binary, home };
    },
  });

  settings.subscribe((next) => alerts.update(alertOptions(next)));
  events.subscribe((event) => {
    refusedRestart = refusedRestartAfter(refusedRestart, event);
    const notice = noticeOf(event, supervision.snapshot.generation);
    if (notice !== null) alerts.notice(notice);
    if (isWorthALook(event)) alerts.look();
  });
  return {
    report: () => alertsReport(alerts.report()),
    test: async () => alertTestReport(await alerts.test()),
    finish: () => alerts.finish(),
  };
}

type Notice = Parameters<Alerts['notice']>[0];
type Facts = ReturnType<Parameters<typeof createAlerts>[0]['facts']>;
type RefusedRestart = NonNullable<Facts['refusedRestart']>;

/** What happened once and is over: it is sent whatever holds now. */
function noticeOf(event: SupervisorEvent, generation: number): Notice | null {
  if (event.type === 'lifecycle') return forcedStop(event.change);
  if (event.type === 'log') return logCut(event);
  if (event.type === 'upgrade') return upgradeNotice(event.plan);
  if (event.type !== 'health-restart' || event.refusal !== null) return null;
  return {
    key: `health-restart in generation ${generation}`,
    event: 'health-restart',
    severity: 'warning',
    summary: `the node is restarted for its health: ${event.reason}`,
  };
}

function forcedStop({ before, after: { lastExit } }: LifecycleChange): Notice | null {
  if (before.lastExit === lastExit || lastExit === null) return null;
  const why = killWordsOf(lastExit);
  if (why === null) return null;
  return {
    key: `forced-stop at ${lastExit.at}`,
    event: 'forced-stop',
    severity: 'critical',
    summary: `the node was killed by force, ${why}; its next start may take long`,
  };
}

/** What did not go as planned. */
function upgradeNotice(plan: UpgradePlan): Notice | null {
  const { id, step } = plan;
  if (step !== 'gone-back' && step !== 'held' && step !== 'failed') return null;
  const remedy = step === 'held' ? ' (wemixvisor upgrade status shows what remains)' : '';
  return {
    key: `upgrade ${id}`,
    event: 'upgrade',
    severity: step === 'held' ? 'critical' : 'warning',
    summary: `${upgradeWords(plan)}${remedy}`,
  };
}

function logCut(told: Extract<SupervisorEvent, { type: 'log' }>): Notice | null {
  const summary = logTrouble(told);
  const { type } = told.event;
  const key = type === 'truncated-by-other' ? 'log-cut' : `log-${type}`;
  return summary === null ? null : { key, event: 'log', severity: 'warning', summary };
}

function refusedRestartAfter(
  known: RefusedRestart | null,
  event: SupervisorEvent,
): RefusedRestart | null {
  if (event.type === 'health-restart') {
    const { refusal, reason } = event;
    return refusal === null ? known : { refusal, reason };
  }
  const replaced =
    event.type === 'lifecycle' && event.change.before.generation !== event.change.after.generation;
  return replaced ? null : known;
}

function missingForkOf(fork: ForkReport | null | undefined): Facts['missingFork'] {
  if (fork === null || fork === undefined) return fork;
  return { key: forkKey(fork), summary: describeFork(fork, Date.now()), at: forkDate(fork) };
}

function isWorthALook(event: SupervisorEvent): boolean {
  if (event.type === 'log') {
    return event.event.type === 'disk-full' || event.event.type === 'disk-recovered';
  }
  return ['lifecycle', 'health', 'health-restart', 'forks'].includes(event.type);
}
