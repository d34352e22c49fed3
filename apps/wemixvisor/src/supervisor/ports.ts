import type { ProcessPorts } from '@wemixvisor/process';
import type { NodeMonitorPorts } from './node-monitor.ts';
import type { StartWatchPorts } from './start-watch.ts';

/** The effects of a supervisor, replaceable in tests. */
export interface SupervisorPorts {
  /** Processes, signals and their clock. @default the real ones */
  readonly process: Partial<ProcessPorts>;
  /** How readiness and health are looked at. @default JSON-RPC to the node */
  readonly health: Partial<NodeMonitorPorts & StartWatchPorts>;
}
