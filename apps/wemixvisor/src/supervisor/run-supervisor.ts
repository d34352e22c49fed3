import { chmodSync, mkdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { openLogStore, type StoreEvent } from '@wemixvisor/logs';
import { supervise, type Supervision } from '@wemixvisor/process';
import { AppError, messageOf } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { Settings } from '../settings/settings.ts';
import type { Operations } from '../control/operations.ts';
import { serveControl } from '../control/server.ts';
import { readLastStart } from '../state/state-file.ts';
import { openBook, recollect } from './supervisor-state.ts';
import { acquireHomeLock } from '../state/home-lock.ts';
import { journalEvents } from './journal-events.ts';
import { journalStoreEvent } from './journal-store-events.ts';
import { logLimits } from './log-limits.ts';
import { openJournal, type Journal } from './journal.ts';
import { watchNode } from './health-loop.ts';
import { createOperations } from './control-operations.ts';
import { createProbeServer } from './probe-server.ts';
import { pausableNode } from './pausable-node.ts';
import { rememberExits } from './exit-recorder.ts';
import { restartPolicy } from './restart-policy.ts';
import { tellOperator } from './alert-wiring.ts';

/** What a supervisor is started with. */
export interface SupervisorOptions {
  readonly paths: HomePaths;
  readonly settings: Settings;
  readonly pid: number;
  readonly uid: number;
  readonly platform: 'linux' | 'darwin';
  /** The environment of the supervisor; the hook of an alert sees the harmless part of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets each line of the journal as well; for a supervisor in the foreground. */
  readonly echo?: (line: string) => void;
  /** Gets the settings whenever new ones are in force. */
  readonly onSettings?: (settings: Settings) => void;
  /** A supervisor in the background ends when its node was stopped; one in the foreground is ended by its command. */
  readonly endsWithNode: boolean;
}

/** A supervisor at work. */
export interface Supervisor {
  readonly operations: Operations;
  readonly supervision: Supervision;
  readonly journal: Journal;
  /** What the operator should hear of the start, a line each: files set aside, a node taken over. */
  readonly notices: readonly string[];
  /** Resolves when the supervisor has ended; the node may go on. */
  readonly ended: Promise<void>;
  /** Ends the supervisor and leaves the node as it is. */
  end(): void;
}

/** Another supervisor has the home. */
export class HomeHeld extends AppError {}

/** Milliseconds that a supervisor in the background waits for its first request. */
const patienceMs = 15_000;

/**
 * Starts the supervisor of a home: takes its lock, takes up the node that an earlier supervisor left, and listens.
 *
 * @throws AppError when the home cannot be used or another supervisor has it.
 */
export async function runSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const { paths, settings } = options;
  // Without it V8 lets the heap of a health check over HTTP grow to three times its size (docs/decisions/0010).
  setFlagsFromString('--optimize-for-size');
  prepareHome(paths);
  const { lock, ...other } = await acquireHomeLock(paths.run, options.pid);
  if (lock === null) {
    const pid = 'heldBy' in other ? other.heldBy : 0;
    throw new HomeHeld(`supervisor ${pid} already has ${paths.home}`);
  }
  const { journal, close: closeJournal } = openJournal({
    directory: paths.logs,
    level: settings.logLevel,
    echo: options.echo,
  });
  const notices: string[] = [];
  const { state, notice } = recollect(paths);
  if (notice !== null) notices.push(notice);
  const storeListeners = [(event: StoreEvent) => journalStoreEvent(journal, event)];
  const store = openLogStore(
    { directory: paths.logs, name: 'node', ...logLimits(settings) },
    {
      onEvent: (event) => {
        for (const listener of storeListeners) listener(event);
      },
    },
  );
  const left = readLastStart(paths.launch)?.launch;
  const book = openBook(paths, options.platform, state);
  if (left !== undefined) book.describe(left, settings);
  const supervision = await supervise({
    runDirectory: paths.run,
    policy: restartPolicy(settings),
    openLog: () => store.openForAppend(),
    persist: (record) => book.persist(record),
    onError: (error) => journal.error({ event: 'process', code: error.code }, error.message),
    record: state?.lifecycle,
    command: left === undefined ? undefined : { ...left, file: left.binary },
  });
  const watch = watchNode({ supervision, settings, journal, paths });
  if (supervision.snapshot.adopted) {
    notices.push(`took over the running node (pid ${supervision.snapshot.pid ?? 0})`);
  }
  for (const notice of notices) journal.warn({ event: 'notice' }, notice);
  if (book.description !== null) watch.describe(book.description, settings);
  store.watch(() => pausableNode(supervision, book));

  let finish = () => {};
  const ended = new Promise<void>((resolve) => (finish = resolve));
  const status = () => operations.status();
  const exits = rememberExits({ paths, supervision, book, journal, status });
  const alerts = tellOperator({
    options,
    supervision,
    watch,
    store,
    book,
    exits,
    journal,
    status,
  });
  storeListeners.push((event) => alerts.onStoreEvent(event));
  const probes = createProbeServer(() => operations);
  const operations = createOperations({
    options,
    supervision,
    watch,
    store,
    book,
    alerts,
    journal,
    probes,
    end,
  });
  watch.onRestartWanted((reason) => exits.noteUnhealthy(reason));
  const control = await serveControl({ socket: paths.socket, uid: options.uid }, operations);
  const noProbes = await probes.move(settings.metricsAddr);
  if (noProbes !== null) {
    notices.push(noProbes);
    journal.error({ event: 'probes' }, noProbes);
  }
  const stopTelling = [
    journalEvents(supervision, journal),
    supervision.subscribe(({ after }) => {
      if (options.endsWithNode && after.state === 'stopped') setImmediate(endWhenIdle);
    }),
  ];
  const patience = setTimeout(endWhenIdle, patienceMs);
  if (!options.endsWithNode) clearTimeout(patience);
  journal.info({ event: 'supervisor-started', pid: options.pid, home: paths.home }, 'supervising');

  function endWhenIdle() {
    if (supervision.snapshot.state === 'stopped' && !operations.busy()) end();
  }

  let ending = false;
  function end() {
    if (ending) return;
    ending = true;
    clearTimeout(patience);
    operations.refuse();
    for (const stop of stopTelling) stop();
    watch.dispose();
    supervision.dispose();
    void Promise.allSettled([
      alerts.finish(),
      control.close(),
      probes.close(),
      store.dispose(),
      exits.finish(),
    ]).then(async () => {
      journal.info({ event: 'supervisor-ended' }, 'the supervisor has ended');
      await closeJournal();
      lock?.release();
      finish();
    });
  }

  return { operations, supervision, journal, notices, ended, end };
}

function prepareHome(paths: HomePaths): void {
  try {
    for (const folder of [paths.home, paths.logs, paths.run, paths.crashes]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    chmodSync(paths.home, 0o700);
    chmodSync(paths.run, 0o700);
  } catch (error) {
    throw new AppError(
      `cannot use ${paths.home} as the home: ${messageOf(error)}; name another with --home DIR`,
      { cause: error },
    );
  }
}
