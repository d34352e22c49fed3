import {
  createUsageMeter,
  isNodeAlive,
  snapshotOf,
  type LifecycleRecord,
} from '@wemixvisor/process';
import type { HomePaths } from '../state/home-paths.ts';
import { recallState, runOf } from '../state/recall-state.ts';
import { statusReport, type StatusReport } from '../report/status-report.ts';

/** What can be told of a home. */
export interface Inspection {
  /** Undefined where no node was ever started, or the state cannot be read. */
  readonly status: StatusReport | undefined;
  /** One line on what is wrong, where something is. */
  readonly problem: string | null;
}

/** The status of a home that no supervisor watches: from what the last one left, and the node itself. */
export function offlineStatus(paths: HomePaths, now: number): Inspection {
  const { state, problem } = recallState(paths);
  if (state === undefined) return { status: undefined, problem };
  const lifecycle = withoutSupervisor(state.lifecycle);
  const { pid, startedAt } = lifecycle;
  return {
    problem: null,
    status: statusReport({
      lifecycle,
      supervisorPid: null,
      health: null,
      usage: pid === null ? null : createUsageMeter()(pid, startedAt ?? now, now),
      launch: state.launch,
      home: paths.home,
      logFile: paths.nodeLog,
      now,
    }),
  };
}

/** What is true of a recorded lifecycle now that nobody acts on it. */
function withoutSupervisor(record: LifecycleRecord) {
  const snapshot = snapshotOf(record);
  const idle = { ...snapshot, nextAction: null };
  const run = runOf(record);
  if (run !== null && isNodeAlive(run)) return idle;
  if (snapshot.state === 'stopped' || snapshot.state === 'error') return idle;
  return {
    ...idle,
    state: snapshot.state === 'stopping' && snapshot.desired === 'down' ? 'stopped' : 'crashed',
    pid: null,
    startedAt: null,
    reason: 'neither the node nor its supervisor is running; start takes it up again',
  } as const;
}
