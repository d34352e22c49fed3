import { join } from 'node:path';
import type { HealthSnapshot } from '@wemixvisor/health';
import type { LogStore, StoreEvent } from '@wemixvisor/logs';
import type { LifecycleChange, LifecycleSnapshot } from '@wemixvisor/process';
import type { RestartNotMade } from '../alerts/alert-facts.ts';
import { createAlerts, type Alerts } from '../alerts/create-alerts.ts';
import { waitingMemory } from '../alerts/pending-alerts.ts';
import { troubleMemory } from '../alerts/remembered-troubles.ts';
import { killWords } from '../report/exit-words.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { EventStream, SupervisorEvent } from './events.ts';
import { cutByOther } from './journal-log-events.ts';
import type { Journal } from './journal.ts';
import type { SettingsHolder } from './settings-holder.ts';

/** What alerts look at, and where they hear of what happens. */
export interface AlertWiring {
  readonly paths: HomePaths;
  /** The environment of the supervisor, of which a hook sees the harmless part. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly settings: SettingsHolder;
  readonly events: EventStream;
  readonly journal: Journal;
  readonly lifecycle: () => LifecycleSnapshot;
  readonly health: () => HealthSnapshot | null;
  readonly store: LogStore;
  readonly status: () => StatusReport;
}

/** Sends alerts on what goes wrong with the node, its health and its log. */
export function wireAlerts(wiring: AlertWiring): Alerts {
  const { paths, env, settings, events, journal, lifecycle, health, store, status } = wiring;
  let restartNotMade: RestartNotMade | null = null;

  const alerts = createAlerts({
    settings: settings.current,
    env,
    home: paths.home,
    log: journal,
    memory: troubleMemory(join(paths.run, 'alerts.json')),
    waiting: waitingMemory(join(paths.run, 'alerts-waiting.json')),
    settled: () => Promise.resolve(),
    facts: () => {
      const present = health();
      if (present?.checks.rpc_endpoint.healthy === true) restartNotMade = null;
      return {
        lifecycle: lifecycle(),
        failures: lifecycle().failures,
        lastLine: lifecycle().lastExit?.lastLine ?? null,
        health: present,
        restartNotMade,
        logDiskFull: store.figures.diskFull,
      };
    },
    node: () => {
      const { state, pid, network, binary, home } = status();
      return { state, pid, network, binary, home };
    },
  });

  settings.subscribe((next) => alerts.update(next));
  events.subscribe((event) => {
    restartNotMade = restartNotMadeAfter(restartNotMade, event);
    const notice = noticeOf(event, lifecycle().generation);
    if (notice !== null) alerts.notice(notice);
    if (isWorthALook(event)) alerts.look();
  });
  return alerts;
}

type Notice = Parameters<Alerts['notice']>[0];

/** What happened once and is over: it is sent whatever holds now. */
function noticeOf(event: SupervisorEvent, generation: number): Notice | null {
  switch (event.type) {
    case 'lifecycle':
      return forcedStop(event.change);
    case 'health-restart':
      return event.refusal !== null
        ? null
        : {
            key: `health-restart in generation ${generation}`,
            event: 'health-restart',
            severity: 'warning',
            summary: `the node is restarted for its health: ${event.reason}`,
          };
    case 'log':
      return logCut(event.event);
    default:
      return null;
  }
}

function forcedStop({ before, after: { lastExit } }: LifecycleChange): Notice | null {
  if (before.lastExit === lastExit || lastExit === null) return null;
  const { cause, at } = lastExit;
  if (cause !== 'forced' && cause !== 'grace-period') return null;
  return {
    key: `forced-stop at ${at}`,
    event: 'forced-stop',
    severity: 'critical',
    summary: `the node was killed by force, ${killWords[cause]}; its next start may take long`,
  };
}

function logCut(event: StoreEvent): Notice | null {
  return event.type !== 'truncated-by-other'
    ? null
    : {
        key: 'log-cut',
        event: 'log',
        severity: 'warning',
        summary: cutByOther(event.lostBytes),
      };
}

function restartNotMadeAfter(
  known: RestartNotMade | null,
  event: SupervisorEvent,
): RestartNotMade | null {
  if (event.type === 'health-restart') {
    const { refusal, reason } = event;
    return refusal === null ? known : { refusal, reason };
  }
  const replaced =
    event.type === 'lifecycle' && event.change.before.generation !== event.change.after.generation;
  return replaced ? null : known;
}

function isWorthALook(event: SupervisorEvent): boolean {
  if (event.type === 'log') {
    return event.event.type === 'disk-full' || event.event.type === 'disk-recovered';
  }
  return ['lifecycle', 'health', 'health-restart'].includes(event.type);
}
