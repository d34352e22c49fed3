import { createUsageMeter, unsupervisedSnapshot } from '@wemixvisor/process';
import { offlineEndClassifier } from '../state/classify-end.ts';
import { isReplaced } from '../state/file-stamp.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { recallState } from '../state/recall-state.ts';
import { statusReport, type StatusReport } from '../report/status-report.ts';

/** What can be told of a home. */
export interface Inspection {
  /** Undefined where no node was ever started, or the state cannot be read. */
  readonly status: StatusReport | undefined;
  /** One line on what is wrong, where something is. */
  readonly problem: string | null;
}

/**
 * The status of a home that no supervisor watches: from what the last one left, and the node itself. The meaning of an end that
 * nobody saw is found in the log.
 */
export async function offlineStatus(paths: HomePaths, now: number): Promise<Inspection> {
  const { state, problem } = recallState(paths);
  if (state === undefined) return { status: undefined, problem };
  const lifecycle = await unsupervisedSnapshot(state.lifecycle, {
    runDirectory: paths.run,
    classifyExit: offlineEndClassifier(paths),
  });
  const { pid, startedAt } = lifecycle;
  return {
    problem: null,
    status: statusReport({
      lifecycle,
      supervisorPid: null,
      health: null,
      usage: pid === null ? null : createUsageMeter()(pid, startedAt ?? now, now),
      launch: state.launch,
      repair: null,
      binaryReplaced: isReplaced(lifecycle.command?.file, state.starts.at(-1)?.program ?? null),
      home: paths.home,
      logFile: paths.nodeLog,
      now,
    }),
  };
}
