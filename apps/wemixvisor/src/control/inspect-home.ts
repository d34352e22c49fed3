import { isSameProcess, snapshotOf, type LifecycleRecord } from '@wemixvisor/process';
import type { HomePaths } from '../config/home.ts';
import { SupervisorUnreachable } from './client.ts';
import { clientOf } from './reach-supervisor.ts';
import { recallState } from './recall-state.ts';
import { statusReport, type StatusReport } from './status-report.ts';

/** What can be told of a home. */
export interface Inspection {
  /** Undefined where no node was ever started, or the state cannot be read. */
  readonly status: StatusReport | undefined;
  /** One line on what is wrong, where something is. */
  readonly problem: string | null;
}

/** The status of a home: from its supervisor, or, where none answers, from what it left and the node itself. */
export async function inspectHome(paths: HomePaths, now: number): Promise<Inspection> {
  try {
    return { status: await clientOf(paths).status(), problem: null };
  } catch (error) {
    if (!(error instanceof SupervisorUnreachable)) throw error;
  }
  const { state, problem } = recallState(paths);
  if (state === undefined) return { status: undefined, problem };
  const lifecycle = withoutSupervisor(state.lifecycle);
  return {
    problem: null,
    status: statusReport({
      lifecycle,
      supervisorPid: null,
      health: null,
      launch: state.launch,
      lastLine: state.lastLine,
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
  const run = 'run' in record ? record.run : null;
  if (run !== null && isSameProcess(run.identity)) return idle;
  if (snapshot.state === 'stopped' || snapshot.state === 'error') return idle;
  return {
    ...idle,
    state: snapshot.state === 'stopping' && snapshot.desired === 'down' ? 'stopped' : 'crashed',
    pid: null,
    startedAt: null,
    reason: 'neither the node nor its supervisor is running; start takes it up again',
  } as const;
}
