import type { History } from '../history.ts';
import type { Head } from '../observation.ts';
import { slotSecondsOf } from '../networks.ts';
import type { ResolvedOptions } from '../options.ts';
import { isAtHead } from '../sync-report.ts';

/** Does the head move at the pace of this chain? `healthy` is null where there is nothing to compare with. */
export interface HeadProgressCheck {
  readonly healthy: boolean | null;
  /** Seconds since a check last saw the head move. */
  readonly standing_seconds: number | null;
  /** Seconds between blocks, learnt from their timestamps. */
  readonly block_interval_seconds: number | null;
  /** True when another node has a higher block, false when it has not, null when nobody could be asked. */
  readonly peers_ahead: boolean | null;
}

const minimumPatienceMs = 60_000;
const patienceBlocks = 20;

/** Seconds between blocks: the median over the heads seen, so that one long pause does not count. */
export function blockIntervalSeconds(heads: readonly Head[]): number | null {
  const intervals = gaps(heads).sort((a, b) => a - b);
  return intervals[Math.floor(intervals.length / 2)] ?? null;
}

/** Checks whether the head moves; a node that is behind is left to the sync check. */
export function checkHeadProgress(history: History, options: ResolvedOptions): HeadProgressCheck {
  const { last, heads, identity } = history;
  const interval = blockIntervalSeconds(heads);
  if (last === null || last.head === null) {
    const unseen = { standing_seconds: null, peers_ahead: null };
    return { healthy: null, block_interval_seconds: interval, ...unseen };
  }
  const standingMs = last.at - history.headMovedAt;
  const ahead = last.referenceHead === null ? null : last.referenceHead > last.head.number + 1;
  const pace = interval ?? slotSecondsOf(identity);
  const tooLong = standingMs >= patienceMs(pace, heads, options) && isAtHead(last.syncing);
  const comparable = pace !== null || ahead !== null;
  return {
    healthy: admittedStandstill(history) !== null ? false : comparable ? !tooLong : null,
    standing_seconds: Math.round(standingMs / 1000),
    block_interval_seconds: interval,
    peers_ahead: ahead,
  };
}

/** Whether the head stands still for so long that the node's own word counts; `at` is monotonic. */
export function standsStill({ headMovedAt }: History, at: number): boolean {
  return at - headMovedAt >= minimumPatienceMs;
}

/** Why the head stands still, where it does and the node says so itself; else null. */
export function admittedStandstill(history: History): string | null {
  const { last } = history;
  return last !== null && standsStill(history, last.at) ? last.standstillReason : null;
}

/** How long the head may stand still: by the seconds between blocks and the longest pause so far, else `stuckAfterMs`. */
function patienceMs(
  pace: number | null,
  heads: readonly Head[],
  { stuckAfterMs }: ResolvedOptions,
): number {
  if (pace === null) return stuckAfterMs;
  const longest = Math.max(0, ...gaps(heads)) * 3_000;
  return Math.max(minimumPatienceMs, pace * 1_000 * patienceBlocks, longest);
}

function gaps(heads: readonly Head[]): number[] {
  return heads.slice(1).flatMap((head, at) => {
    const before = heads[at];
    // The genesis block was never mined: its timestamp can be years before that of block 1.
    if (before === undefined || before.number === 0) return [];
    return [(head.timestamp - before.timestamp) / (head.number - before.number)];
  });
}
