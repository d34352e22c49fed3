import type { LogStore } from '@wemixvisor/logs';
import type { StateName, Supervision } from '@wemixvisor/process';
import type { Settings } from '../settings/settings.ts';
import {
  SupervisorEnding,
  type Launch,
  type Operations,
  type ReloadReply,
  type StartRequest,
} from '../control/operations.ts';
import type { StartSources } from '../settings/resolve-settings.ts';
import { readLastStart, writeLastStart } from '../state/state-file.ts';
import { AppError, messageOf } from '../app-error.ts';
import { healthReport } from '../report/health-report.ts';
import { createUsageMeter } from '../report/node-usage.ts';
import { statusReport } from '../report/status-report.ts';
import type { ToldOperator } from './alert-wiring.ts';
import type { Book } from './supervisor-state.ts';
import type { Journal } from './journal.ts';
import { logLimits } from './log-limits.ts';
import { launchDifferences } from './launch-differences.ts';
import type { NodeWatch } from './health-loop.ts';
import { pausableNode } from './pausable-node.ts';
import { rotateReply } from './rotate-reply.ts';
import type { ProbeServer } from './probe-server.ts';
import { restartPolicy } from './restart-policy.ts';
import type { SupervisorOptions } from './run-supervisor.ts';

/** The parts that the operations work on. */
export interface OperatedParts {
  readonly options: SupervisorOptions;
  readonly supervision: Supervision;
  readonly watch: NodeWatch;
  readonly store: LogStore;
  readonly book: Book;
  readonly alerts: ToldOperator;
  readonly journal: Journal;
  readonly probes: ProbeServer;
  readonly end: () => void;
}

/** The operations, and how the supervisor closes them. */
export interface OperationsAtWork extends Operations {
  /** True while a request is under way. */
  busy(): boolean;
  /** From now on every request is told that the supervisor is ending. */
  refuse(): void;
}

const isUp = (state: StateName): boolean => state === 'starting' || state === 'running';

/** The operations of a supervisor, as the control socket and the foreground commands call them. */
export function createOperations(parts: OperatedParts): OperationsAtWork {
  const { options, supervision, watch, store, book, alerts, journal, probes, end } = parts;
  const { paths } = options;
  let underWay = 0;
  let ending = false;
  let settings = options.settings;
  let sources: StartSources = readLastStart(paths.launch) ?? noSources;

  const meter = createUsageMeter();
  const usage = () => {
    const { pid, startedAt } = supervision.snapshot;
    return pid === null ? null : meter(pid, startedAt ?? Date.now(), Date.now());
  };

  const status = () =>
    statusReport({
      lifecycle: supervision.snapshot,
      usage: usage(),
      supervisorPid: options.pid,
      health: watch.health,
      launch: book.description?.shown ?? null,
      lastLine: book.lastLine,
      killedFor: book.killedFor,
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

  /**
   * Applies what the node need not be touched for, all but the probes' address at once: between the look at the state
   * and the start that follows nothing else may happen. Gives what could not be applied, a line each.
   */
  async function apply(next: Settings): Promise<readonly string[]> {
    const { metricsAddr } = settings;
    settings = next;
    supervision.setPolicy(restartPolicy(next));
    store.update(logLimits(next));
    alerts.update(next);
    journal.level = next.logLevel;
    options.onSettings?.(next);
    const problem = await probes.move(next.metricsAddr);
    if (problem === null) return [];
    settings = { ...settings, metricsAddr };
    journal.error({ event: 'probes' }, problem);
    return [problem];
  }

  function remember({ options: typed, environment, config }: StartSources, launch: Launch): void {
    sources = { options: typed, environment, config };
    writeLastStart(paths.launch, { launch, ...sources });
  }

  /** Describes the node anew: where it is asked depends on the settings too. */
  function refreshWatch(): void {
    if (book.launch !== undefined) book.describe(book.launch, settings);
    watch.update(book.description, settings);
  }

  function prepare(request: StartRequest): Launch {
    const { launch } = request;
    const { facts } = book.describe(launch, settings);
    const told = { WEMIX_HOME: paths.home, WEMIX_NETWORK: facts.network ?? 'mainnet' };
    const complete = { ...launch, env: { ...told, ...launch.env } };
    remember(request, complete);
    if (book.description !== null) watch.describe(book.description, settings);
    return complete;
  }

  /** The last start once more, by the configuration of today. */
  async function lastStart(nothing: string): Promise<StartRequest> {
    const left = readLastStart(paths.launch);
    if (left === undefined) throw new AppError(`${nothing}: wemixvisor start -- OPTIONS`);
    return { ...left, settings: await reread(left) };
  }

  async function startAgain() {
    const request = await lastStart('there is nothing to start again');
    return isUp(supervision.snapshot.state) ? alreadyRunning() : start(request);
  }

  const alreadyRunning = () => ({ outcome: 'already-running' as const, status: status() });

  async function start(request: StartRequest) {
    const { state } = supervision.snapshot;
    if (isUp(state)) {
      const differences =
        book.launch === undefined ? [] : launchDifferences(book.launch, request.launch);
      if (differences.length > 0) return { outcome: 'different' as const, differences };
      void apply(request.settings);
      refreshWatch();
      const left = readLastStart(paths.launch)?.launch;
      if (left !== undefined) remember(request, left);
      return alreadyRunning();
    }
    void apply(request.settings);
    const launch = prepare(request);
    await supervision.start({ ...launch, file: launch.binary });
    return { outcome: 'started' as const, status: status() };
  }

  async function reread(from: StartSources): Promise<Settings> {
    // Only now: what reads the configuration is memory that a supervisor at rest need not have.
    const { rereadSettings } = await import('./plan-reload.ts');
    return rereadSettings(from, { standard: paths.config, uid: options.uid });
  }

  /** Not among the requests that a supervisor without a node stays for, and ends after. */
  async function reload(): Promise<ReloadReply> {
    if (ending) throw new SupervisorEnding('the supervisor is ending');
    const { planReload } = await import('./plan-reload.ts');
    try {
      const next = await reread(sources);
      const { applied, atNextStart, ...plan } = planReload(settings, next);
      const problems = await apply(plan.settings);
      refreshWatch();
      journal.info({ event: 'reload', applied, at_next_start: atNextStart }, 'settings read again');
      return { applied, at_next_start: atNextStart, problems };
    } catch (error) {
      journal.error({ event: 'reload' }, `nothing is changed: ${messageOf(error)}`);
      throw error;
    }
  }

  return {
    status,
    busy: () => underWay > 0,
    refuse: () => (ending = true),
    health: async (request) => {
      const snapshot = await watch.check(request);
      return snapshot === null ? null : healthReport(snapshot);
    },
    start: (request) => during(() => (request === undefined ? startAgain() : start(request))),
    stop: (request) =>
      during(async () => {
        await supervision.stop(request);
        return status();
      }),
    restart: (asked) =>
      during(async () => {
        const request = asked ?? (await lastStart('there is no node to restart'));
        void apply(request.settings);
        const launch = prepare(request);
        await supervision.restart({
          cause: 'operator',
          command: { ...launch, file: launch.binary },
        });
        return status();
      }),
    alerts: () => alerts.report(),
    testAlerts: () => alerts.test(),
    reload,
    rotateLog: () =>
      during(async () => rotateReply(await store.rotate(pausableNode(supervision, book)))),
    detach: () =>
      during(async () => {
        supervision.detach();
        setImmediate(end);
        return Promise.resolve(status());
      }),
  };
}

const noSources: StartSources = { options: {}, environment: {}, config: null };
