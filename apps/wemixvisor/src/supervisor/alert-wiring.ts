import { createAlerts, type AlertFacts } from '@wemixvisor/alerts';
import type { LogStore, StoreEvent } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import type { LifecycleSnapshot, Supervision } from '@wemixvisor/process';
import {
  alertsReport,
  alertTestReport,
  type AlertsReport,
  type AlertTestReport,
} from '../report/alerts-report.ts';
import { killWords, type KillCause } from '../report/kill-cause.ts';
import type { StatusReport } from '../report/status-report.ts';
import { alertOptions } from '../settings/alert-options.ts';
import type { Settings } from '../settings/settings.ts';
import { cutByOther } from './journal-store-events.ts';
import type { Book } from './supervisor-state.ts';
import type { Journal } from './journal.ts';
import type { NodeWatch } from './health-loop.ts';
import type { RememberedExits } from './exit-recorder.ts';
import type { SupervisorOptions } from './run-supervisor.ts';

/** The parts that alerts look at. */
export interface ToldParts {
  readonly options: SupervisorOptions;
  readonly supervision: Supervision;
  readonly watch: NodeWatch;
  readonly store: LogStore;
  readonly book: Book;
  readonly exits: RememberedExits;
  readonly journal: Journal;
  readonly status: () => StatusReport;
}

/** The alerts of a supervisor at work. */
export interface ToldOperator {
  /** Takes new settings at once. */
  update(settings: Settings): void;
  report(): AlertsReport;
  test(): Promise<AlertTestReport>;
  /** Hears what the store of the node's log tells. */
  onStoreEvent(event: StoreEvent): void;
  /** Looks a last time, and tries to deliver what is pending for a few seconds. */
  finish(): Promise<void>;
}

const why = (cause: KillCause | null) => (cause === null ? '' : `, ${killWords[cause]}`);

/** Tells the operator what goes wrong with the node of a supervision, its health and its log. */
export function tellOperator(parts: ToldParts): ToldOperator {
  const { options, supervision, watch, store, book, exits, journal, status } = parts;
  const { paths, settings, env } = options;
  let refusedRestart: NonNullable<AlertFacts['refusedRestart']> | null = null;

  const alerts = createAlerts({
    ...alertOptions(settings),
    env,
    cwd: paths.home,
    directory: paths.run,
    log: journal,
    redact: redactText,
    settled: () => exits.settled(),
    facts: () => {
      const { health } = watch;
      if (health?.checks.rpc_endpoint.healthy === true) refusedRestart = null;
      return {
        lifecycle: lifecycleFacts(supervision.snapshot, book),
        health,
        refusedRestart,
        logDiskFull: store.figures.diskFull,
      };
    },
    node: () => {
      const { state, pid, network, binary, home } = status();
      return { state, pid, network, binary, home };
    },
  });

  const unsubscribe = [
    supervision.subscribe(({ before, after }) => {
      if (before.generation !== after.generation) refusedRestart = null;
      if (before.lastExit !== after.lastExit && after.lastExit?.forced === true) {
        alerts.notice({
          key: `forced-stop at ${after.lastExit.at}`,
          event: 'forced-stop',
          severity: 'critical',
          summary: `the node was killed by force${why(book.killedFor)}; its next start may take long`,
        });
      }
      alerts.look();
    }),
    watch.onHealthChange(() => alerts.look()),
    watch.onHealthRestart(({ refusal, reason }) => {
      if (refusal !== null) refusedRestart = { refusal, reason };
      else {
        alerts.notice({
          key: `health-restart in generation ${supervision.snapshot.generation}`,
          event: 'health-restart',
          severity: 'warning',
          summary: `the node is restarted for its health: ${reason}`,
        });
      }
      alerts.look();
    }),
  ];

  return {
    update: (next) => alerts.update(alertOptions(next)),
    report: () => alertsReport(alerts.report()),
    test: async () => alertTestReport(await alerts.test()),
    onStoreEvent(event) {
      if (event.type === 'truncated-by-other') {
        const summary = cutByOther(event.lostBytes);
        alerts.notice({ key: 'log-cut', event: 'log', severity: 'warning', summary });
      }
      if (event.type === 'disk-full' || event.type === 'disk-recovered') alerts.look();
    },
    finish() {
      for (const end of unsubscribe) end();
      return alerts.finish();
    },
  };
}

function lifecycleFacts(
  snapshot: LifecycleSnapshot,
  { failures, lastLine }: Pick<Book, 'failures' | 'lastLine'>,
): AlertFacts['lifecycle'] {
  const { lastExit } = snapshot;
  if (lastExit === null) return { ...snapshot, failures, lastExit: null };
  const asked = lastExit.forced ? 'forced' : 'asked';
  const cause = lastExit.asked ? asked : 'unasked';
  return { ...snapshot, failures, lastExit: { ...lastExit, cause, lastLine } };
}
