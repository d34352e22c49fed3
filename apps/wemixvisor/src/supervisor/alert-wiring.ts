import { join } from 'node:path';
import type { LogStore, StoreEvent } from '@wemixvisor/logs';
import type { Supervision } from '@wemixvisor/process';
import type { RestartNotMade } from '../alerts/alert-facts.ts';
import { createAlerts, type Alerts } from '../alerts/create-alerts.ts';
import { troubleMemory } from '../alerts/remembered-troubles.ts';
import { waitingMemory } from '../alerts/pending-alerts.ts';
import { killWords, type KillCause } from '../report/kill-cause.ts';
import type { StatusReport } from '../report/status-report.ts';
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
export interface ToldOperator extends Alerts {
  /** Hears what the store of the node's log tells. */
  onStoreEvent(event: StoreEvent): void;
}

const why = (cause: KillCause | null) => (cause === null ? '' : `, ${killWords[cause]}`);

/** Tells the operator what goes wrong with the node of a supervision, its health and its log. */
export function tellOperator(parts: ToldParts): ToldOperator {
  const { options, supervision, watch, store, book, exits, journal, status } = parts;
  const { paths, settings, env } = options;
  let restartNotMade: RestartNotMade | null = null;

  const alerts = createAlerts({
    settings,
    env,
    home: paths.home,
    log: journal,
    memory: troubleMemory(join(paths.run, 'alerts.json')),
    waiting: waitingMemory(join(paths.run, 'alerts-waiting.json')),
    settled: () => exits.settled(),
    facts: () => {
      const { health } = watch;
      if (health?.checks.rpc_endpoint.healthy === true) restartNotMade = null;
      return {
        lifecycle: supervision.snapshot,
        failures: book.failures,
        health,
        lastLine: book.lastLine,
        restartNotMade,
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
      if (before.generation !== after.generation) restartNotMade = null;
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
      if (refusal !== null) restartNotMade = { refusal, reason };
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
    ...alerts,
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
