import { acquireLock, stopVerifiedNode, type LifecycleSnapshot } from '@wemixvisor/process';
import { AppError } from '../app-error.ts';
import type { StopRequest } from '../control/operations.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { recallState } from '../state/recall-state.ts';
import { writeState } from '../state/state-file.ts';
import { offlineEndClassifier, stopPhaseIn } from '../state/classify-end.ts';

/**
 * Stops the node of a home whose supervisor is dead: this process takes the home's lock for as long as it lasts,
 * so that no new supervisor meddles, and signals only the process that is verified to be the recorded node.
 */
export async function stopWithoutSupervisor(
  paths: HomePaths,
  pid: number,
  request: StopRequest,
): Promise<LifecycleSnapshot> {
  const outcome = await acquireLock(paths.run, pid);
  if (outcome.lock === null) {
    throw new AppError(`process ${outcome.heldBy} has ${paths.home}; try again in a moment`);
  }
  try {
    const { state, problem } = recallState(paths);
    if (state === undefined) throw new AppError(problem ?? `${paths.state} has gone`);
    const { snapshot } = await stopVerifiedNode(state.lifecycle, {
      ...request,
      runDirectory: paths.run,
      logFile: paths.nodeLog,
      signalSource: 'wemixvisor stop, without a supervisor',
      classifyExit: offlineEndClassifier(paths),
      stopPhase: stopPhaseIn(paths),
      persist: (lifecycle) => writeState(paths.state, { ...state, lifecycle }),
    });
    return snapshot;
  } finally {
    outcome.lock.release();
  }
}
