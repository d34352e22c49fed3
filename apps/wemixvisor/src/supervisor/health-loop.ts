import { createMonitor, parseEndpoint, type HealthSnapshot } from '@wemixvisor/health';
import type { Supervision } from '@wemixvisor/process';
import { messageOf } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { Settings } from '../settings/settings.ts';
import type { LaunchDescription } from './describe-launch.ts';
import { healthRestartRefusal } from './health-restart-refusal.ts';
import type { Journal } from './journal.ts';
import { repairsDatabase } from './repair-watch.ts';
import { becomesReady } from './readiness.ts';

/** What watches a running node: readiness while it starts, health from then on. */
export interface NodeWatch {
  /** The last health check, null where the node is not up. */
  readonly health: HealthSnapshot | null;
  /** What the next node, or the adopted one, was started with. */
  describe(description: LaunchDescription, settings: Settings): void;
  /** Takes new settings; what is known of the node's health stays, unless it is asked at another place now. */
  update(description: LaunchDescription | null, settings: Settings): void;
  /** Checks now, or gives the last check where it is younger than the interval. */
  check(options: { readonly live: boolean }): Promise<HealthSnapshot | null>;
  /** Calls back before a node is restarted for its health, and waits for it. */
  onRestartWanted(prepare: (reason: string) => Promise<void>): void;
  /** Calls back after each change of the health's status or phase; gives a function that ends it. */
  onHealthChange(listener: () => void): () => void;
  /** Calls back with what became of each wish to restart the node; gives a function that ends it. */
  onHealthRestart(listener: (outcome: HealthRestartOutcome) => void): () => void;
  dispose(): void;
}

/** A wish to restart a node that fell silent, and why it is not followed, in words; null where it is. */
export interface HealthRestartOutcome {
  readonly reason: string;
  readonly refusal: string | null;
}

/** What a watch works with. */
export interface WatchedParts {
  readonly supervision: Supervision;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly paths: Pick<HomePaths, 'logs'>;
}

/**
 * Watches the node of a supervision: each new process is waited for until it is ready, and checked until it stops.
 * The readiness of one process never counts for the next: it is told with the generation it was seen in.
 */
export function watchNode({ supervision, settings, journal, paths }: WatchedParts): NodeWatch {
  const restartRefusal = () =>
    healthRestartRefusal(mode, supervision.nextHealthRestartAt, Date.now());
  let mode = settings.healthRestart;
  const monitor = createMonitor(healthOptions(null, settings), { restartRefusal });
  const preparations: ((reason: string) => Promise<void>)[] = [];
  const restartListeners = new Set<(outcome: HealthRestartOutcome) => void>();
  let description: LaunchDescription | null = null;
  let starting: { generation: number; abort: AbortController } | null = null;

  function awaitReadiness(generation: number, startedAt: number): void {
    const abort = new AbortController();
    const { signal } = abort;
    starting?.abort.abort();
    starting = { generation, abort };
    void becomesReady({ endpoint: description?.endpoint ?? null, signal }).then((ready) => {
      if (ready) supervision.ready(generation);
    });
    void repairsDatabase({ paths, startedAt, signal }).then(
      (repairs) => {
        if (repairs && !signal.aborted) monitor.nodeRepairing();
      },
      (error: unknown) => journal.debug({ event: 'repair-watch' }, messageOf(error)),
    );
  }

  function follow(): void {
    const { state, generation, startedAt, pid } = supervision.snapshot;
    if (state === 'starting' && pid !== null && starting?.generation !== generation) {
      monitor.nodeStarted(startedAt ?? Date.now());
      awaitReadiness(generation, startedAt ?? Date.now());
    }
    if (state !== 'starting') starting?.abort.abort();
    if (state === 'running') monitor.start();
    if (state === 'stopping' || pid === null) monitor.nodeStopping();
  }

  function tellRestart(reason: string, refusal: string | null): void {
    for (const listener of restartListeners) listener({ reason, refusal });
  }

  async function restartForHealth(reason: string): Promise<void> {
    const refusal = restartRefusal();
    if (refusal !== null) {
      const outcome = mode === 'on' ? 'refused' : mode;
      journal.warn({ event: 'health-restart', outcome }, `${refusal}: ${reason}`);
      tellRestart(reason, refusal);
      return;
    }
    for (const prepare of preparations) await prepare(reason);
    const outcome = await supervision.restart({ cause: 'health', reason });
    journal.warn({ event: 'health-restart', outcome }, reason);
    tellRestart(reason, outcome === 'accepted' ? null : 'it is not restarted now');
  }

  const unsubscribe = [
    supervision.subscribe(({ before, after }) => {
      if (before.state !== after.state || before.pid !== after.pid) follow();
    }),
    monitor.subscribe(({ before, after }) => {
      if (before.status === after.status) return;
      const level = isTrouble(after.status) ? 'warn' : 'info';
      journal[level](
        { event: 'health', from: before.status, to: after.status, phase: after.phase },
        after.reason,
      );
    }),
    monitor.onRestartWanted((reason) => void restartForHealth(reason)),
  ];

  function update(next: LaunchDescription | null, with_: Settings): void {
    description = next;
    mode = with_.healthRestart;
    monitor.update(healthOptions(next, with_));
  }

  return {
    get health() {
      return supervision.snapshot.pid === null ? null : monitor.snapshot;
    },
    update,
    describe(next, with_) {
      update(next, with_);
      if (supervision.snapshot.state === 'running') {
        monitor.nodeStarted(supervision.snapshot.startedAt ?? Date.now());
      }
      follow();
    },
    async check(how) {
      return supervision.snapshot.pid === null ? null : monitor.check(how);
    },
    onRestartWanted(prepare) {
      preparations.push(prepare);
    },
    onHealthChange: (listener) => monitor.subscribe(listener),
    onHealthRestart(listener) {
      restartListeners.add(listener);
      return () => restartListeners.delete(listener);
    },
    dispose() {
      for (const end of unsubscribe) end();
      starting?.abort.abort();
      monitor.dispose();
    },
  };
}

function healthOptions(description: LaunchDescription | null, settings: Settings) {
  return {
    endpoint: description?.endpoint ?? null,
    intervalMs: settings.healthCheckInterval,
    timeoutMs: settings.healthCheckTimeout,
    failureThreshold: settings.healthFailureThreshold,
    minPeers: settings.minPeers,
    dataDirectory: description?.facts.dataDirectory ?? null,
    minimumFreeDiskBytes: description?.facts.minimumFreeDiskBytes ?? null,
    referenceEndpoint:
      settings.referenceRpcUrl === null ? null : parseEndpoint(settings.referenceRpcUrl),
    stuckAfterMs: settings.stuckAfter,
  };
}

const isTrouble = (status: HealthSnapshot['status']) =>
  status === 'unhealthy' || status === 'degraded';
