import type { LifecycleChange } from '@wemixvisor/process';
import type { AdoptedNode } from './adopt-node.ts';
import type { NodeMonitor } from './node-monitor.ts';
import { createStartWatch, type StartWatchPorts } from './start-watch.ts';

/** What a health loop works with, beside the node. */
export interface HealthLoopParts {
  readonly nodeMonitor: NodeMonitor;
  /** Awaited before a node is restarted for its health, so that a report shows it as it was. */
  readonly beforeRestart: (reason: string) => Promise<void>;
}

/** Watches the node until it is disposed of; nothing is published afterwards. */
export interface HealthLoop {
  dispose(): void;
}

/**
 * Starts the health loop of a supervision: each new process is watched until it is ready, and checked until it stops.
 * The readiness of one process never counts for the next: it is passed on with the generation it was seen in.
 */
export function startHealthLoop(
  { options, supervision, settings, events }: AdoptedNode,
  { nodeMonitor, beforeRestart }: HealthLoopParts,
  ports: Partial<StartWatchPorts> = {},
): HealthLoop {
  const { monitor, stranger } = nodeMonitor;
  const watched = { supervision, logs: options.paths.logs, monitor, stranger };
  const starting = createStartWatch(watched, ports);
  let disposed = false;

  /** The monitor goes by the moment at which the process was started. */
  const nodeStarted = () => monitor.nodeStarted(supervision.snapshot.startedAt ?? Date.now());

  function follow(): void {
    const { state, pid } = supervision.snapshot;
    if (state === 'starting' && pid !== null && !starting.isWatching) {
      nodeMonitor.refresh();
      nodeStarted();
      starting.begin(nodeMonitor.description()?.endpoint ?? null);
    }
    if (state !== 'starting') starting.end();
    if (state === 'running') monitor.start();
    if (state === 'stopping' || pid === null) monitor.nodeStopping();
  }

  async function restart(reason: string): Promise<void> {
    const refusal = nodeMonitor.restartRefusal();
    if (refusal !== null) {
      const mode = settings.current.healthRestart;
      const outcome = mode === 'on' ? 'refused' : mode;
      events.publish({ type: 'health-restart', reason, outcome, refusal });
      return;
    }
    await beforeRestart(reason);
    const outcome = await supervision.restart({ cause: 'health', reason });
    const why = outcome === 'accepted' ? null : 'it is not restarted now';
    events.publish({ type: 'health-restart', reason, outcome, refusal: why });
  }

  const unsubscribe = [
    monitor.subscribe((change) => events.publish({ type: 'health', ...change })),
    monitor.onChecked((health) => events.publish({ type: 'checked', health })),
    monitor.onRestartWanted((reason) => void restart(reason)),
  ];
  settings.subscribe(() => nodeMonitor.refresh());
  events.subscribe((event) => {
    if (event.type === 'lifecycle' && !disposed && isMove(event.change)) follow();
  });
  if (supervision.snapshot.state === 'running') nodeStarted();
  follow();

  return {
    dispose() {
      disposed = true;
      for (const end of unsubscribe) end();
      starting.end();
      monitor.dispose();
    },
  };
}

function isMove({ before, after }: LifecycleChange): boolean {
  return before.state !== after.state || before.pid !== after.pid;
}
