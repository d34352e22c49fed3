import { isNodeAlive, type LifecycleRecord } from '@wemixvisor/process';
import type { HomePaths } from './home-paths.ts';
import { readState, type StateRead } from './state-file.ts';

/**
 * Reads state.json; where it is damaged or gone, the copy made when the node was spawned still finds a node that
 * runs, so that damage to one file never hides a node or leads to a second one. `problem` says what is wrong either way.
 */
export function recallState(paths: Pick<HomePaths, 'state' | 'stateBackup' | 'launch'>): StateRead {
  const read = readState(paths);
  if (read.state !== undefined || read.newer === true) return read;
  const { state, ...copy } = readState({ ...paths, state: paths.stateBackup });
  if (copy.newer === true) return { state, ...copy };
  const run = state === undefined ? null : runOf(state.lifecycle);
  if (run === null || !isNodeAlive(run)) return read;
  return { state, problem: read.problem ?? `${paths.state} has gone` };
}

/** The node's process in a record; null where the record tells of none. */
export function runOf(record: LifecycleRecord) {
  return 'run' in record ? record.run : null;
}
