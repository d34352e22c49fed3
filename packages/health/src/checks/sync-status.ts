import type { History } from '../history.ts';
import type { ResolvedOptions } from '../options.ts';
import { reportIfBehind } from '../sync-report.ts';

/** Does the node make progress while it is behind? `healthy` is null where it does not report that. */
export interface SyncStatusCheck {
  readonly healthy: boolean | null;
  /** True only while blocks are missing: indexing at the head is not syncing. */
  readonly syncing: boolean | null;
  readonly current_block: number | null;
  readonly highest_block: number | null;
  /** Seconds since a block or counter moved, while behind. */
  readonly stuck_seconds: number | null;
}

/** Checks the sync: syncing is healthy, no progress while blocks are missing is not. */
export function checkSyncStatus(
  history: History,
  { stuckAfterMs }: ResolvedOptions,
): SyncStatusCheck {
  const last = history.last;
  const syncing = last?.syncing ?? null;
  const head = last?.head?.number ?? null;
  if (last === null || syncing === null) {
    return {
      healthy: null,
      syncing: null,
      current_block: head,
      highest_block: null,
      stuck_seconds: null,
    };
  }
  const behind = reportIfBehind(syncing) !== null;
  const stuckMs = last.at - history.progressAt;
  return {
    healthy: !behind || stuckMs < stuckAfterMs,
    syncing: behind,
    current_block: (syncing === false ? null : syncing.currentBlock) ?? head,
    highest_block: (syncing === false ? null : syncing.highestBlock) ?? head,
    stuck_seconds: behind ? Math.round(stuckMs / 1000) : null,
  };
}
