import type { createMonitor } from '@wemixvisor/health';
import type { supervise } from '@wemixvisor/process';
import type { StartWatchPorts } from './start-watch.ts';
import type { strangerAt } from './stranger-at.ts';

/** The effects of a supervisor, replaceable in tests. */
export interface SupervisorPorts {
  /** Processes, signals and their clock. @default the real ones */
  readonly process: NonNullable<Parameters<typeof supervise>[1]>;
  /** How readiness and health are checked. @default JSON-RPC to the node */
  readonly health: Partial<
    StartWatchPorts & {
      readonly createMonitor: typeof createMonitor;
      readonly strangerAt: typeof strangerAt;
      /** Epoch milliseconds. */
      readonly now: () => number;
    }
  >;
}
