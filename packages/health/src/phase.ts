import type { History } from './history.ts';
import type { Thresholds } from './options.ts';
import { checkHeadProgress } from './checks/head-progress.ts';
import { checkSyncStatus } from './checks/sync-status.ts';
import { reportIfBehind } from './sync-report.ts';

/** What a node is doing; only `stalled` is a fault, and `running` is all that is seen without an endpoint. */
export type Phase =
  | 'starting'
  | 'running'
  | 'database repair'
  | 'looking for peers'
  | 'syncing'
  | 'healing'
  | 'indexing'
  | 'synced'
  | 'stalled'
  | 'stopping';

/** Tells from the checks so far what the node is doing. */
export function phaseOf(history: History, thresholds: Thresholds): Phase {
  if (history.stopping) return 'stopping';
  if (thresholds.endpoint === null) return 'running';
  const seen = history.lastAnswer;
  if (seen === null) return history.repairing ? 'database repair' : 'starting';
  const alone = seen.peers !== null && seen.peers < Math.min(1, thresholds.minPeers);
  const behind = reportIfBehind(seen.syncing);
  if (behind !== null) {
    if (alone) return 'looking for peers';
    if (checkSyncStatus(history, thresholds).healthy === false) return 'stalled';
    return behind.healing ? 'healing' : 'syncing';
  }
  if (seen.syncing !== null && seen.syncing !== false) {
    return seen.syncing.healing ? 'healing' : 'indexing';
  }
  // A fresh node without peers says "not syncing" too (seen on geth 1.9.6).
  if (alone) return 'looking for peers';
  if (checkHeadProgress(history, thresholds).healthy === false) return 'stalled';
  return seen.head?.number === 0 && thresholds.minPeers > 0 ? 'syncing' : 'synced';
}
