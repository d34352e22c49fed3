import type { History } from '../history.ts';
import type { Thresholds } from '../options.ts';
import { reportIfBehind } from '../sync-report.ts';

/** Does the node move while it is behind? Null where it does not say. */
export interface SyncStatusCheck {
  readonly healthy: boolean | null;
  /** True only while blocks are missing: indexing at the head is not syncing. */
  readonly syncing: boolean | null;
  readonly current_block: number | null;
  readonly highest_block: number | null;
  /** Seconds since a block or counter moved, while behind. */
  readonly stuck_seconds: number | null;
}

/** Syncing is healthy; standing still while blocks are missing is not. */
export function checkSyncStatus(history: History, { stuckAfterMs }: Thresholds): SyncStatusCheck {
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
