import { runChecks, type Checks } from './checks/all.ts';
import { admittedStandstill } from './checks/head-progress.ts';
import { formatDuration } from './format-duration.ts';
import { formatSize } from './format-size.ts';
import type { History } from './history.ts';
import type { ResolvedOptions } from './options.ts';
import { slotSecondsOf } from './networks.ts';
import type { LeftBehind } from './ports.ts';
import type { Phase } from './phase.ts';

/** `unknown` = no result yet, or no endpoint; it is not a fault. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy' | 'unknown';

/** The overall result of the checks of a node. */
export interface Verdict {
  readonly status: HealthStatus;
  /** The reason for the status, with figures. */
  readonly reason: string;
  /** The next action and its time; null when none is needed. */
  readonly next: string | null;
  /** True when a restart is wanted now: at the threshold and again after as many further failures. */
  readonly restartWanted: boolean;
  readonly checks: Checks;
}

type Finding = Omit<Verdict, 'checks'>;

/** What the caller knows, in words; null where it does not. */
interface KnownReasons {
  readonly restartRefusal?: string | null;
  readonly leftBehind?: LeftBehind;
}

/**
 * Judges a node by its history. A pure function: the same history always gives the same verdict.
 * `restartRefusal` is why a restart would not be made now; it changes `next`, not `restartWanted`. `leftBehind` is why the network goes on
 * without this node: it is named as the cause where peers are lost or the head stands still.
 * Only a node that answered before and then fell silent wants a restart; everything else is reported.
 */
export function judge(
  history: History,
  options: ResolvedOptions,
  phase: Phase,
  { restartRefusal = null, leftBehind = { peers: null, head: null } }: KnownReasons = {},
): Verdict {
  const checks = runChecks(history, options);
  const isDriven = slotSecondsOf(history.identity) !== null;
  const chain = chainFinding(checks, { isDriven, leftBehind: leftBehind.head }, options);
  const finding =
    processFinding(history, options, phase) ??
    silenceFinding(history, options, restartRefusal) ??
    admittedFinding(history, options) ??
    membershipFinding(checks, chain, options) ??
    chain ??
    resourceFinding(checks, leftBehind.peers, options) ??
    healthyFinding(history, options, phase);
  return { ...finding, checks };
}

/** Finds the states in which a missing answer is no fault. */
function processFinding(history: History, options: ResolvedOptions, phase: Phase): Finding | null {
  if (phase === 'stopping') return unknown('the node stops or is down');
  if (options.endpoint === null || history.lastAnswer !== null || history.failures > 0) return null;
  if (history.stranger !== null) {
    return report('degraded', `another process answers in its place: ${history.stranger}`, options);
  }
  const last = history.last;
  const waited = last === null ? 0 : last.at - history.startedAt;
  const why = last?.failure ? `: ${last.failure.why}` : '';
  const reason = `${phase}, no answer from its RPC for ${formatDuration(waited)}${why}`;
  if (phase === 'starting' && waited >= options.stuckAfterMs) {
    return report('degraded', reason, options);
  }
  if (last === null && phase === 'database repair') return unknown(repairs);
  return unknown(last === null ? 'not checked yet' : reason);
}

function silenceFinding(
  { failures, last, expected, lastAnswer }: History,
  options: ResolvedOptions,
  refusal: string | null,
): Finding | null {
  const failure = last?.failure ?? null;
  if (failure === null || failures === 0) return null;
  const { failureThreshold, intervalMs } = options;
  const curable = failure.cause !== 'rejected';
  const missing = failureThreshold - failures;
  const wanted =
    missing > 0
      ? `a restart is wanted in ${formatDuration(missing * intervalMs)}`
      : 'a restart is asked for';
  const next = curable ? (refusal ?? wanted) : cannotHelp;
  // Where there is no start to wait for, the first silence says all.
  if (missing > 0 && !(expected && lastAnswer === null)) {
    return {
      status: 'degraded',
      reason: `${failures} of ${failureThreshold} consecutive checks failed: ${failure.why}`,
      next: `if it stays silent, ${next}`,
      restartWanted: false,
    };
  }
  const checks = failures === 1 ? 'the first check' : `${failures} consecutive checks`;
  const restartWanted = curable && failures % failureThreshold === 0;
  return { status: 'unhealthy', reason: `${checks} failed: ${failure.why}`, next, restartWanted };
}

/** Finds a node that stands still, and says itself why. */
function admittedFinding(history: History, options: ResolvedOptions): Finding | null {
  const reason = admittedStandstill(history);
  return reason === null ? null : report('degraded', reason, options);
}

/** Finds a stuck sync or head: a restart seldom cures that, and never where the whole chain is stuck. */
function chainFinding(
  { sync_status, head_progress, membership }: Checks,
  { isDriven, leftBehind }: { readonly isDriven: boolean; readonly leftBehind: string | null },
  options: ResolvedOptions,
) {
  if (sync_status.healthy === false) {
    const { current_block, highest_block, stuck_seconds } = sync_status;
    const where = `at block ${current_block ?? '?'} of ${highest_block ?? '?'}`;
    const reason = `sync stands still ${where} for ${formatDuration((stuck_seconds ?? 0) * 1000)}`;
    return report('unhealthy', reason, options);
  }
  if (head_progress.healthy !== false) return null;
  const standing = `no new block for ${formatDuration((head_progress.standing_seconds ?? 0) * 1000)}`;
  const byMembers = membership !== undefined && options.referenceEndpoint === null;
  const others = byMembers ? 'the other members have' : 'the reference node has';
  if (head_progress.peers_ahead === true) {
    return report('unhealthy', `${standing} while ${others} newer ones`, options);
  }
  if (leftBehind !== null) return report('unhealthy', `${standing}: ${leftBehind}`, options);
  const scope =
    head_progress.peers_ahead === false
      ? `${others} none either, the whole chain stands`
      : isDriven
        ? 'it seems that no consensus client drives this node: start one, or see that it reaches the Engine API'
        : 'its peers know none either, the whole chain may stand';
  return report('degraded', `${standing}; ${scope}`, options);
}

/** Finds a member that takes no turns. Where it is behind the others, that is said first. */
function membershipFinding(
  { membership }: Checks,
  chain: Finding | null,
  options: ResolvedOptions,
): Finding | null {
  const why = membership?.why ?? null;
  return why === null || chain?.status === 'unhealthy' ? null : report('degraded', why, options);
}

/** Finds too few peers or too little disk space. */
function resourceFinding(
  { peer_count, disk_space }: Checks,
  leftBehind: string | null,
  options: ResolvedOptions,
) {
  if (disk_space?.healthy === false) {
    const free = formatSize(disk_space.free_bytes ?? 0);
    const needed = formatSize(disk_space.min_required_bytes);
    return report('degraded', `${free} of disk space are left, ${needed} are needed`, options);
  }
  if (peer_count.healthy !== false) return null;
  const { peers, min_required } = peer_count;
  const why = leftBehind === null ? '' : `: ${leftBehind}`;
  return report(
    'degraded',
    `${peers ?? 0} peer(s), at least ${min_required} wanted${why}`,
    options,
  );
}

function healthyFinding({ last }: History, { endpoint }: ResolvedOptions, phase: Phase): Finding {
  if (endpoint === null) return unknown('no RPC endpoint is known: only the process is watched');
  const at = last?.head ? ` at block ${last.head.number}` : '';
  return { status: 'healthy', reason: `${phase}${at}`, next: null, restartWanted: false };
}

const repairs = 'the node repairs its database, which can take hours';
const cannotHelp = 'nothing is restarted, as that would not help';

function unknown(reason: string): Finding {
  return { status: 'unknown', reason, next: null, restartWanted: false };
}

function report(status: 'degraded' | 'unhealthy', reason: string, { intervalMs }: ResolvedOptions) {
  const next = `checked again within ${formatDuration(intervalMs)}; ${cannotHelp}`;
  return { status, reason, next, restartWanted: false };
}
