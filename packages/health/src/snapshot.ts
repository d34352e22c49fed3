import { blockIntervalSeconds } from './checks/head-progress.ts';
import type { Checks } from './checks/all.ts';
import type { History } from './history.ts';
import { networkName } from './networks.ts';
import type { NodeIdentity } from './observation.ts';
import type { Phase } from './phase.ts';
import { reportIfBehind } from './sync-report.ts';
import type { HealthStatus, Verdict } from './verdict.ts';

/** The node's newest block. */
interface HeadSnapshot {
  /** Its number, counted from the first block of the chain on. */
  readonly number: number;
  /** When the block was made, ISO 8601. */
  readonly timestamp: string;
  /** Age by this machine's clock at the check; 0 for a block with a time in the future, null for block 0, which nobody made. */
  readonly ageSeconds: number | null;
  /** Seconds between blocks, learnt from their timestamps. */
  readonly blockIntervalSeconds: number | null;
}

/** Progress of a sync; null where it is not known yet. */
interface SyncSnapshot {
  /** From 0 to 100 with two decimals; 100 is never shown while blocks are missing. */
  readonly percent: number | null;
  /** Blocks a second over the last checks. */
  readonly ratePerSecond: number | null;
  /** Seconds until no block is missing, at this rate. */
  readonly etaSeconds: number | null;
}

/** The health of a node; what is unknown is null. */
export interface HealthSnapshot extends NodeIdentity {
  /** The name of the chain: `mainnet`, `sepolia`, …, or `chain 1337`. */
  readonly network: string | null;
  /** True while no check fails: status `healthy` or `unknown`. */
  readonly healthy: boolean;
  /** `unknown`: no result yet, or no endpoint; it is not a fault. */
  readonly status: HealthStatus;
  /** What the node is doing; only `stalled` is a fault. */
  readonly phase: Phase;
  /** When the last check ended, ISO 8601. */
  readonly timestamp: string;
  /** The reason for the status, with figures. */
  readonly reason: string;
  /** The next action and its time; null when none is needed. */
  readonly next: string | null;
  readonly head: HeadSnapshot | null;
  /** Null while no block is missing. */
  readonly sync: SyncSnapshot | null;
  readonly checks: Checks;
}

/** Builds the published snapshot from a verdict and its history. */
export function snapshotOf(
  history: History,
  phase: Phase,
  verdict: Verdict,
  wallNow: number,
): HealthSnapshot {
  const { status, reason, next, checks } = verdict;
  const { clientVersion = null, chainId = null, genesisHash = null } = history.identity ?? {};
  return {
    healthy: status === 'healthy' || status === 'unknown',
    timestamp: new Date(history.last?.wallAt ?? wallNow).toISOString(),
    status,
    phase,
    reason,
    next,
    clientVersion,
    chainId,
    genesisHash,
    network: networkName({ chainId, genesisHash }),
    head: headOf(history),
    sync: syncOf(history),
    checks,
  };
}

function headOf({ lastAnswer, heads }: History): HeadSnapshot | null {
  if (!lastAnswer?.head) return null;
  const { number, timestamp } = lastAnswer.head;
  // A chain may give its blocks a timestamp outside the range of a Date.
  const made = new Date(Math.min(timestamp * 1000, 8.64e15));
  return {
    number,
    timestamp: made.toISOString(),
    ageSeconds:
      number === 0 ? null : Math.max(0, Math.round((lastAnswer.wallAt - made.getTime()) / 1000)),
    blockIntervalSeconds: blockIntervalSeconds(heads),
  };
}

function syncOf({ lastAnswer, syncSamples }: History): SyncSnapshot | null {
  const behind = reportIfBehind(lastAnswer?.syncing ?? null);
  if (behind === null) return null;
  const { currentBlock, highestBlock } = behind;
  const rate = rateOf(syncSamples);
  if (currentBlock === null || highestBlock === null) {
    return { percent: null, ratePerSecond: rate, etaSeconds: null };
  }
  return {
    percent: Math.floor((currentBlock / highestBlock) * 10_000) / 100,
    ratePerSecond: rate,
    etaSeconds:
      rate === null || rate === 0 ? null : Math.ceil((highestBlock - currentBlock) / rate),
  };
}

function rateOf(samples: History['syncSamples']): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  return Math.round(((last.block - first.block) / (last.at - first.at)) * 1_000 * 100) / 100;
}
