import { createMonitor, type HealthSnapshot } from '@wemixvisor/health';
import type { Supervision } from '@wemixvisor/process';
import type { Settings } from '../config/settings.ts';
import type { LaunchDescription } from './describe-launch.ts';
import type { Journal } from './journal.ts';
import { becomesReady } from './readiness.ts';

/** What watches a running node: readiness while it starts, health from then on. */
export interface NodeWatch {
  /** The last health check, null where the node is not up. */
  readonly health: HealthSnapshot | null;
  /** What the next node, or the adopted one, was started with. */
  describe(description: LaunchDescription, settings: Settings): void;
  dispose(): void;
}

/**
 * Watches the node of a supervision: each new process is waited for until it is ready, and checked until it stops.
 * The readiness of one process never counts for the next: it is told with the generation it was seen in.
 */
export function watchNode(
  supervision: Supervision,
  settings: Settings,
  journal: Journal,
): NodeWatch {
  const monitor = createMonitor(healthOptions(null, settings));
  let description: LaunchDescription | null = null;
  let starting: { generation: number; abort: AbortController } | null = null;

  function awaitReadiness(generation: number): void {
    const abort = new AbortController();
    starting?.abort.abort();
    starting = { generation, abort };
    void becomesReady({ endpoint: description?.endpoint ?? null, signal: abort.signal }).then(
      (ready) => {
        if (ready) supervision.ready(generation);
      },
    );
  }

  function follow(): void {
    const { state, generation, startedAt, pid } = supervision.snapshot;
    if (state === 'starting' && pid !== null && starting?.generation !== generation) {
      monitor.nodeStarted(startedAt ?? Date.now());
      awaitReadiness(generation);
    }
    if (state !== 'starting') starting?.abort.abort();
    if (state === 'running') monitor.start();
    if (state === 'stopping') monitor.nodeStopping();
  }

  const unsubscribe = [
    supervision.subscribe(({ before, after }) => {
      if (before.state !== after.state || before.pid !== after.pid) follow();
    }),
    monitor.subscribe(({ before, after }) => {
      if (before.status === after.status) return;
      const level = after.status === 'healthy' ? 'info' : 'warn';
      journal[level](
        { event: 'health', from: before.status, to: after.status, phase: after.phase },
        after.reason,
      );
    }),
    monitor.onRestartWanted((reason) => {
      void supervision.restart({ cause: 'health', reason }).then((outcome) => {
        journal.warn({ event: 'health-restart', outcome }, reason);
      });
    }),
  ];

  return {
    get health() {
      return supervision.snapshot.pid === null ? null : monitor.snapshot;
    },
    describe(next, with_) {
      description = next;
      monitor.update(healthOptions(next, with_));
      if (supervision.snapshot.state === 'running') {
        monitor.nodeStarted(supervision.snapshot.startedAt ?? Date.now());
      }
      follow();
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
    failureThreshold: 3,
    minPeers: settings.minPeers,
    dataDirectory: description?.facts.dataDirectory ?? null,
    minimumFreeDiskBytes: description?.facts.minimumFreeDiskBytes ?? null,
  };
}
