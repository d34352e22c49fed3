import { runChecks, type Checks } from './checks/all.ts';
import { inWords } from './duration.ts';
import type { History } from './history.ts';
import type { Thresholds } from './options.ts';
import type { Phase } from './phase.ts';

/** `unknown` = there is nothing to judge by yet, or no endpoint; it is not a fault. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy' | 'unknown';

/** What the checks of a node add up to. */
export interface Verdict {
  readonly status: HealthStatus;
  /** The status in words, with the figures behind it. */
  readonly reason: string;
  /** What will be done about it and when; null when nothing needs doing. */
  readonly next: string | null;
  /** True when a restart should be asked for now: at the threshold and again after as many further failures. */
  readonly restartWanted: boolean;
  readonly checks: Checks;
}

type Finding = Omit<Verdict, 'checks'>;

/**
 * Judges a node by what was observed of it. A pure function: the same history always gives the same verdict.
 * `restartRefusal` is why a restart would not be made now; it changes what is said to follow, not what is asked for.
 * Only a node that answered before and then fell silent is worth a restart; everything else is reported.
 */
export function judge(
  history: History,
  thresholds: Thresholds,
  phase: Phase,
  restartRefusal: string | null = null,
): Verdict {
  const checks = runChecks(history, thresholds);
  const finding =
    processFinding(history, thresholds, phase) ??
    silenceFinding(history, thresholds, restartRefusal) ??
    chainFinding(checks, thresholds) ??
    shortageFinding(checks, thresholds) ??
    wellFinding(history, thresholds, phase);
  return { ...finding, checks };
}

/** States in which a missing answer is no fault. */
function processFinding(history: History, thresholds: Thresholds, phase: Phase): Finding | null {
  if (phase === 'stopping') return unknown('the node is being stopped');
  if (thresholds.endpoint === null || history.answered) return null;
  const last = history.last;
  const waited = last === null ? 0 : last.at - history.startedAt;
  const why = last?.failure ? `: ${last.failure.why}` : '';
  const reason = `${phase}, no answer from its RPC for ${inWords(waited)}${why}`;
  if (phase === 'starting' && waited >= thresholds.stuckAfterMs) {
    return report('degraded', reason, thresholds);
  }
  if (last === null && phase === 'database repair') return unknown(repairs);
  return unknown(last === null ? 'not checked yet' : reason);
}

function silenceFinding(
  { failures, last }: History,
  thresholds: Thresholds,
  refusal: string | null,
): Finding | null {
  const failure = last?.failure ?? null;
  if (failure === null || failures === 0) return null;
  const { failureThreshold, intervalMs } = thresholds;
  const curable = failure.cause !== 'refused';
  const missing = failureThreshold - failures;
  const reason = `no answer to ${failures} of ${failureThreshold} checks running: ${failure.why}`;
  if (missing > 0) {
    const wanted = refusal ?? `a restart is wanted in ${inWords(missing * intervalMs)}`;
    const then = curable ? wanted : cannotHelp;
    return {
      status: 'degraded',
      reason,
      next: `if it stays silent, ${then}`,
      restartWanted: false,
    };
  }
  const next = curable ? (refusal ?? 'a restart is asked for') : cannotHelp;
  const restartWanted = curable && failures % failureThreshold === 0;
  const sinceWhen = `no answer to ${failures} checks running: ${failure.why}`;
  return { status: 'unhealthy', reason: sinceWhen, next, restartWanted };
}

/** The chain stands still: a restart seldom cures that, and never where the whole chain stands. */
function chainFinding({ sync_status, head_progress }: Checks, thresholds: Thresholds) {
  if (sync_status.healthy === false) {
    const { current_block, highest_block, stuck_seconds } = sync_status;
    const where = `at block ${current_block ?? '?'} of ${highest_block ?? '?'}`;
    const reason = `sync stands still ${where} for ${inWords((stuck_seconds ?? 0) * 1000)}`;
    return report('unhealthy', reason, thresholds);
  }
  if (head_progress.healthy !== false) return null;
  const standing = `no new block for ${inWords((head_progress.standing_seconds ?? 0) * 1000)}`;
  if (head_progress.peers_ahead === true) {
    return report('unhealthy', `${standing} while the reference node has newer ones`, thresholds);
  }
  const scope =
    head_progress.peers_ahead === false
      ? 'the reference node has none either, the whole chain stands'
      : 'its peers know none either, the whole chain may stand';
  return report('degraded', `${standing}; ${scope}`, thresholds);
}

/** Too few peers or too little disk space. */
function shortageFinding({ peer_count, disk_space }: Checks, thresholds: Thresholds) {
  if (disk_space?.healthy === false) {
    const [free, needed] = [disk_space.free_bytes ?? 0, disk_space.min_required_bytes].map(
      (bytes) => `${Math.round(bytes / 1024 ** 2)} MiB`,
    );
    return report('degraded', `${free} of disk space are left, ${needed} are needed`, thresholds);
  }
  if (peer_count.healthy !== false) return null;
  const { peers, min_required } = peer_count;
  return report('degraded', `${peers ?? 0} peer(s), at least ${min_required} wanted`, thresholds);
}

function wellFinding({ last }: History, { endpoint }: Thresholds, phase: Phase): Finding {
  if (endpoint === null) return unknown('no RPC endpoint is known: only the process is watched');
  const at = last?.head ? ` at block ${last.head.number}` : '';
  return { status: 'healthy', reason: `${phase}${at}`, next: null, restartWanted: false };
}

const repairs = 'the node repairs its database, which can take hours';
const cannotHelp = 'nothing is restarted, as that would not help';

function unknown(reason: string): Finding {
  return { status: 'unknown', reason, next: null, restartWanted: false };
}

function report(status: 'degraded' | 'unhealthy', reason: string, { intervalMs }: Thresholds) {
  const next = `checked again within ${inWords(intervalMs)}; ${cannotHelp}`;
  return { status, reason, next, restartWanted: false };
}
