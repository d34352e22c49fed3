import type { History } from './history.ts';
import type { ResolvedOptions } from './options.ts';
import { checkHeadProgress } from './checks/head-progress.ts';
import { checkSyncStatus } from './checks/sync-status.ts';
import { reportIfBehind } from './sync-report.ts';

/** What a node is doing; only `stalled` is a fault. Without an endpoint, or before its first answer where it did not just start, a node is just `running`. */
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

/** Derives the phase of the node from its checks. */
export function phaseOf(history: History, options: ResolvedOptions): Phase {
  if (history.stopping) return 'stopping';
  if (options.endpoint === null) return 'running';
  const seen = history.lastAnswer;
  if (seen === null && history.repairing) return 'database repair';
  if (seen === null) return history.expected ? 'running' : 'starting';
  const alone = seen.peers !== null && seen.peers < Math.min(1, options.minPeers);
  const behind = reportIfBehind(seen.syncing);
  if (behind !== null) {
    if (alone) return 'looking for peers';
    if (checkSyncStatus(history, options).healthy === false) return 'stalled';
    return behind.healing ? 'healing' : 'syncing';
  }
  const stalled = checkHeadProgress(history, options).healthy === false;
  if (seen.syncing !== null && seen.syncing !== false) {
    if (seen.syncing.healing) return 'healing';
    return stalled ? 'stalled' : 'indexing';
  }
  // A fresh node without peers says "not syncing" too (seen on geth 1.9.6).
  if (alone) return 'looking for peers';
  if (stalled) return 'stalled';
  return seen.head?.number === 0 && options.minPeers > 0 ? 'syncing' : 'synced';
}
