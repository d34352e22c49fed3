import type { HealthSnapshot } from '@wemixvisor/health';
import type { LastExit, LifecycleSnapshot } from '@wemixvisor/process';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import { killWordsOf } from './exit-words.ts';
import type { ForkReport } from './forks-report.ts';
import { upgradeWords } from './upgrade-words.ts';
import { healthReport, type HealthReport } from './health-report.ts';

/** What `status --json` prints: version 1 of its shape. Null means unknown or not applicable. */
export interface StatusReport {
  readonly schema: 1;
  readonly state: LifecycleSnapshot['state'];
  /** When the node entered that state, ISO 8601, UTC; it is down since its end. Null where that is not known. */
  readonly state_since: string | null;
  /** What the operator wants: a stop is remembered, across restarts of the supervisor too. */
  readonly desired: 'up' | 'down';
  /** Counts the node's processes in this home; each start has its own. */
  readonly generation: number;
  readonly pid: number | null;
  /** Null when no supervisor is watching. */
  readonly supervisor_pid: number | null;
  /** ISO 8601, UTC. */
  readonly started_at: string | null;
  readonly uptime_seconds: number | null;
  /** True when this supervisor took over a node that an earlier one had started. */
  readonly adopted: boolean;
  /** All restarts since the operator's last start. */
  readonly restart_count: number;
  readonly restarts: { readonly crash: number; readonly health: number; readonly operator: number };
  readonly health: HealthReport | null;
  /** What the node uses of the machine: CPU in percent of a core, lately or since its start, and memory (RSS). */
  readonly usage: { readonly cpu_percent: number; readonly memory_bytes: number } | null;
  /** The node's version, as it says itself. */
  readonly version: string | null;
  readonly network: string | null;
  readonly binary: string | null;
  /** True where another program is in its place since the node was started, or none; the running node is still the old one. */
  readonly binary_replaced: boolean | null;
  /** The node's arguments, secrets redacted. */
  readonly args: readonly string[];
  /** The names of the variables in the node's environment; their values are nobody's business. */
  readonly environment: readonly string[];
  readonly endpoint: string | null;
  /** What names the endpoint: the node's arguments, or `--rpc-url`. With `rpc_url` nobody verifies that the node answers there. */
  readonly endpoint_source: 'arguments' | 'rpc_url' | null;
  readonly last_exit: {
    readonly code: number | null;
    readonly signal: string | null;
    /** Why it ended; `grace-period` and `forced` are kills. */
    readonly cause: LastExit['cause'];
    readonly forced: boolean;
    readonly at: string;
    readonly last_line: string | null;
    /** What the end means and what to do; null where that is unknown, or the end was asked for. */
    readonly diagnosis: NonNullable<LastExit['diagnosis']> | null;
  } | null;
  /** `check`: the restart waits for a condition, which is looked at from then on. */
  readonly next_action: {
    readonly what: 'restart' | 'check' | 'kill';
    readonly at: string;
  } | null;
  /** What a node does that is to end; null where nobody knows. */
  readonly stop_phase: { readonly what: string; readonly since: string } | null;
  /** The upgrade that is planned or under way, or one that is held; null where nothing follows. A supervisor before 0.5.0 does not say. */
  readonly upgrade?: StatusUpgrade | null;
  /** What the present process had to repair since the last end was not clean; null where nothing is known of that. */
  readonly repair: { readonly unclean_ends: number; readonly rewound_blocks: number } | null;
  /** Why the node is down or needs the operator, in words. */
  readonly reason: string | null;
  /** The first hard fork that the network has or will have and the node does not; a supervisor before 0.5.0 does not say. */
  readonly missing_fork?: ForkReport | null;
  /** What of the supervisor's own work does not work, a line each; a supervisor before 0.5.0 does not say. */
  readonly problems?: readonly string[];
  readonly home: string;
  readonly log_file: string;
}

/** An upgrade, as a status tells of it. */
interface StatusUpgrade {
  readonly step: UpgradePlan['step'];
  readonly from: string | null;
  readonly to: string | null;
  /** Since when it is in this step, ISO 8601, UTC. */
  readonly since: string;
  /** Where it stands, in words. */
  readonly phase: string;
}

/** What a status report is made of. */
export interface StatusFacts {
  readonly lifecycle: LifecycleSnapshot;
  readonly supervisorPid: number | null;
  readonly health: HealthSnapshot | null;
  readonly usage: {
    readonly cpuPercent: number;
    readonly memoryBytes: number;
    readonly cpuMs: number;
  } | null;
  readonly launch: LaunchFacts | null;
  /** What the node had to repair at its start: blocks that it went back, and all unclean ends that it remembers. */
  readonly repair: StatusReport['repair'];
  readonly binaryReplaced: boolean | null;
  /** @default null */
  readonly missingFork?: ForkReport | null;
  /** @default none */
  readonly problems?: readonly string[];
  readonly home: string;
  readonly logFile: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is worth telling of the command that the node was started with; nothing in it is secret. */
export interface LaunchFacts {
  readonly binary: string;
  readonly args: readonly string[];
  /** Names only. */
  readonly environment: readonly string[];
  readonly endpoint: string | null;
  readonly endpointSource: StatusReport['endpoint_source'];
  readonly network: string | null;
  readonly version: string | null;
}

/** As near as a date can be to a time that no clock shows. */
const iso = (time: number) => new Date(Math.max(-8.64e15, Math.min(time, 8.64e15))).toISOString();

/** Puts a status report together; pure. */
export function statusReport(facts: StatusFacts): StatusReport {
  const { lifecycle, health, usage, launch, now } = facts;
  const { lastExit, restarts, nextAction, stopPhase } = lifecycle;
  return {
    schema: 1,
    state: lifecycle.state,
    state_since: lifecycle.since === null ? null : iso(lifecycle.since),
    desired: lifecycle.desired,
    generation: lifecycle.generation,
    pid: lifecycle.pid,
    supervisor_pid: facts.supervisorPid,
    started_at: lifecycle.startedAt === null ? null : iso(lifecycle.startedAt),
    uptime_seconds:
      lifecycle.startedAt === null || lifecycle.pid === null
        ? null
        : Math.max(0, Math.floor((now - lifecycle.startedAt) / 1000)),
    adopted: lifecycle.adopted,
    restart_count: restarts.crash + restarts.health + restarts.operator,
    restarts,
    health: lifecycle.pid === null || health === null ? null : healthReport(health),
    usage:
      usage === null ? null : { cpu_percent: usage.cpuPercent, memory_bytes: usage.memoryBytes },
    version: health?.clientVersion ?? launch?.version ?? null,
    network: networkOf(health?.network ?? null, launch?.network ?? null),
    binary: launch?.binary ?? null,
    binary_replaced: lifecycle.pid === null ? null : facts.binaryReplaced,
    args: launch?.args ?? [],
    environment: launch?.environment ?? [],
    endpoint: launch?.endpoint ?? null,
    endpoint_source: launch?.endpointSource ?? null,
    last_exit: lastExit === null ? null : exitReport(lastExit),
    next_action: nextAction === null ? null : { what: nextAction.what, at: iso(nextAction.at) },
    stop_phase: stopPhase === null ? null : { what: stopPhase.what, since: iso(stopPhase.since) },
    upgrade: upgradeOf(lifecycle),
    repair: lifecycle.pid === null ? null : facts.repair,
    reason: reasonOf(lifecycle),
    missing_fork: facts.missingFork ?? null,
    problems: facts.problems ?? [],
    home: facts.home,
    log_file: facts.logFile,
  };
}

/** What nothing follows from is for the history. The plan is read as it is: what loads more than this makes every status slower. */
function upgradeOf({ upgrade }: LifecycleSnapshot): StatusUpgrade | null {
  const { step, since, from, to, reason } = (upgrade?.plan ?? {}) as Partial<UpgradePlan>;
  if (step === undefined || since === undefined || from === undefined || to === undefined) {
    return null;
  }
  if (['kept', 'gone-back', 'cancelled', 'failed'].includes(step)) return null;
  const phase = upgradeWords({ step, from, to, reason: reason ?? null });
  return { step, from: from.version, to: to.version, since: iso(since), phase };
}

function exitReport(exit: LastExit): StatusReport['last_exit'] {
  const { code, signal, cause, at, lastLine, diagnosis = null } = exit;
  const forced = killWordsOf({ cause }) !== null;
  return { code, signal, cause, forced, at: iso(at), last_line: lastLine, diagnosis };
}

function reasonOf(lifecycle: LifecycleSnapshot): string | null {
  const { state, lastExit, reason } = lifecycle;
  if (state === 'upgrading') return upgradeOf(lifecycle)?.phase ?? reason;
  const killed = state === 'stopped' ? killWordsOf(lastExit) : null;
  return killed === null ? reason : `${reason ?? 'stopped'}; killed, ${killed}`;
}

/** The node knows its chain; its options say more only where they name one that is not public: `dev`. */
function networkOf(said: string | null, byOptions: string | null): string | null {
  if (said === null || byOptions === null) return said ?? byOptions;
  return said.startsWith('chain ') && byOptions === 'dev' ? byOptions : said;
}
