import type { LogStore } from '@wemixvisor/logs';
import type { Supervision } from '@wemixvisor/process';
import type { Settings } from '../config/settings.ts';
import {
  SupervisorEnding,
  type Launch,
  type Operations,
  type StartRequest,
} from '../control/operations.ts';
import { writeLastStart } from '../control/state-file.ts';
import { healthReport } from '../control/health-report.ts';
import { statusReport } from '../control/status-report.ts';
import type { Alerts } from '../alerts/create-alerts.ts';
import type { Book } from './book.ts';
import type { Journal } from './journal.ts';
import { logLimits } from './log-limits.ts';
import { launchDifferences } from './launch-differences.ts';
import type { NodeWatch } from './node-watch.ts';
import { restartPolicy } from './restart-policy.ts';
import type { SupervisorOptions } from './run-supervisor.ts';

/** The parts that the operations work on. */
export interface OperatedParts {
  readonly options: SupervisorOptions;
  readonly supervision: Supervision;
  readonly watch: NodeWatch;
  readonly store: LogStore;
  readonly book: Book;
  readonly alerts: Alerts;
  readonly journal: Journal;
  readonly end: () => void;
}

/** The operations, and how the supervisor closes them. */
export interface OperationsAtWork extends Operations {
  /** True while a request is under way. */
  busy(): boolean;
  /** From now on every request is told that the supervisor is ending. */
  refuse(): void;
}

/** The operations of a supervisor, as the control socket and the foreground commands call them. */
export function createOperations(parts: OperatedParts): OperationsAtWork {
  const { options, supervision, watch, store, book, alerts, journal, end } = parts;
  const { paths } = options;
  let underWay = 0;
  let ending = false;
  let settings = options.settings;

  const status = () =>
    statusReport({
      lifecycle: supervision.snapshot,
      supervisorPid: options.pid,
      health: watch.health,
      launch: book.description?.shown ?? null,
      lastLine: book.lastLine,
      home: paths.home,
      logFile: paths.nodeLog,
      now: Date.now(),
    });

  async function during<T>(work: () => Promise<T>): Promise<T> {
    if (ending) throw new SupervisorEnding('the supervisor is ending');
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
      setImmediate(() => {
        if (options.endsWithNode && underWay === 0 && supervision.snapshot.state === 'stopped') {
          end();
        }
      });
    }
  }

  function apply(next: Settings): void {
    settings = next;
    supervision.setPolicy(restartPolicy(next));
    store.update(logLimits(next));
    alerts.update(next);
    journal.level = next.logLevel;
  }

  function prepare({ launch, options: typed }: StartRequest): Launch {
    const { facts } = book.describe(launch, settings);
    const told = { WEMIX_HOME: paths.home, WEMIX_NETWORK: facts.network ?? 'mainnet' };
    const complete = { ...launch, env: { ...told, ...launch.env } };
    writeLastStart(paths.launch, { launch: complete, options: typed });
    if (book.description !== null) watch.describe(book.description, settings);
    return complete;
  }

  async function start(request: StartRequest) {
    const { state } = supervision.snapshot;
    if (state === 'starting' || state === 'running') {
      const differences =
        book.launch === undefined ? [] : launchDifferences(book.launch, request.launch);
      if (differences.length > 0) return { outcome: 'different' as const, differences };
      apply(request.settings);
      return { outcome: 'already-running' as const, status: status() };
    }
    apply(request.settings);
    const launch = prepare(request);
    await supervision.start({ ...launch, file: launch.binary });
    return { outcome: 'started' as const, status: status() };
  }

  return {
    status,
    busy: () => underWay > 0,
    refuse: () => (ending = true),
    health: async (request) => {
      const snapshot = await watch.check(request);
      return snapshot === null ? null : healthReport(snapshot);
    },
    start: (request) => during(() => start(request)),
    stop: (request) =>
      during(async () => {
        await supervision.stop(request);
        return status();
      }),
    restart: (request) =>
      during(async () => {
        apply(request.settings);
        const launch = prepare(request);
        await supervision.restart({
          cause: 'operator',
          command: { ...launch, file: launch.binary },
        });
        return status();
      }),
    alerts: () => alerts.report(),
    testAlerts: () => alerts.test(),
    detach: () =>
      during(async () => {
        supervision.detach();
        setImmediate(end);
        return Promise.resolve(status());
      }),
  };
}
