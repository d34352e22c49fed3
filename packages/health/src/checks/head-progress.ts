import type { History } from '../history.ts';
import type { Head } from '../observation.ts';
import type { Thresholds } from '../options.ts';

/** Does the head move as this chain's heads do? Null where there is nothing to compare with. */
export interface HeadProgressCheck {
  readonly healthy: boolean | null;
  /** Seconds since the head last moved, as seen by the checks. */
  readonly standing_seconds: number | null;
  /** Seconds between blocks as learnt from their own timestamps. */
  readonly block_interval_seconds: number | null;
  /** True when another node has a higher block, false when it has not, null when nobody could be asked. */
  readonly peers_ahead: boolean | null;
}

const shortestPatienceMs = 60_000;
const blocksOfPatience = 20;

/** Seconds between blocks: the median over the heads seen, so that one long pause does not count. */
export function blockIntervalSeconds(heads: readonly Head[]): number | null {
  const intervals = gaps(heads).sort((a, b) => a - b);
  return intervals[Math.floor(intervals.length / 2)] ?? null;
}

/** Judges a head that stands still; while the node is behind, that is for the sync check to judge. */
export function checkHeadProgress(history: History, thresholds: Thresholds): HeadProgressCheck {
  const { last, heads } = history;
  const interval = blockIntervalSeconds(heads);
  if (last === null || last.head === null) {
    const unseen = { standing_seconds: null, peers_ahead: null };
    return { healthy: null, block_interval_seconds: interval, ...unseen };
  }
  const standingMs = last.at - history.headMovedAt;
  const ahead = last.referenceHead === null ? null : last.referenceHead > last.head.number + 1;
  const tooLong = standingMs >= patienceMs(heads, thresholds);
  return {
    healthy: interval === null && ahead === null ? null : !(tooLong && last.syncing === false),
    standing_seconds: Math.round(standingMs / 1000),
    block_interval_seconds: interval,
    peers_ahead: ahead,
  };
}

/** How long a head may stand: by this chain's own pace and its longest pause so far, else the time for "stuck". */
function patienceMs(heads: readonly Head[], { stuckAfterMs }: Thresholds): number {
  const interval = blockIntervalSeconds(heads);
  if (interval === null) return stuckAfterMs;
  const longest = Math.max(...gaps(heads)) * 3_000;
  return Math.max(shortestPatienceMs, interval * 1_000 * blocksOfPatience, longest);
}

function gaps(heads: readonly Head[]): number[] {
  return heads.slice(1).flatMap((head, at) => {
    const before = heads[at];
    // Nobody made the genesis block: its timestamp can be years before the first real one.
    if (before === undefined || before.number === 0) return [];
    return [(head.timestamp - before.timestamp) / (head.number - before.number)];
  });
}
