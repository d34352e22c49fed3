import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { statusExitCode } from './status-exit-code.ts';
import type { StatusReport } from './status-report.ts';

/** A home on this machine. Both are null where no node was ever started in it. */
export interface HomeReport {
  readonly home: string;
  readonly status: StatusReport | null;
  /** Why there is no status. */
  readonly problem: string | null;
}

/** What `ps --json` prints: version 1 of its shape. */
export interface HomesReport {
  readonly schema: 1;
  /** The worst first, then by path. */
  readonly homes: readonly HomeReport[];
}

/** Puts the homes into their order. */
export function homesReport(homes: readonly HomeReport[]): HomesReport {
  const worstFirst = (a: HomeReport, b: HomeReport) =>
    concerns.indexOf(concernOf(b)) - concerns.indexOf(concernOf(a)) || (a.home < b.home ? -1 : 1);
  return { schema: 1, homes: homes.toSorted(worstFirst) };
}

/** How much a home needs the operator, the least first. */
const concerns = ['fine', 'down', 'unwell', 'unsupervised', 'failed', 'unknown'] as const;

/** One of them. */
export type Concern = (typeof concerns)[number];

/** How much a home needs the operator. A node that nobody watches does, however well it is. */
export function concernOf(home: HomeReport): Concern {
  const code = exitCodeOfHome(home);
  if (code === exitCodes.unknown) return 'unknown';
  if (code === exitCodes.failed) return 'failed';
  const health = home.status?.health?.status;
  if (code === exitCodes.degraded) return 'unsupervised';
  if (health === 'unhealthy' || health === 'degraded') return 'unwell';
  return code === exitCodes.ok ? 'fine' : 'down';
}

/** Exit codes of `status`, the worse the later. */
const byGravity: readonly ExitCode[] = [
  exitCodes.ok,
  exitCodes.notRunning,
  exitCodes.degraded,
  exitCodes.failed,
  exitCodes.unknown,
];

/** The exit code of `status` for the worst of the homes; without any home that of a node that does not run. */
export function homesExitCode({ homes }: HomesReport): ExitCode {
  if (homes.length === 0) return exitCodes.notRunning;
  const worst = Math.max(...homes.map((home) => byGravity.indexOf(exitCodeOfHome(home))));
  return byGravity[worst] ?? exitCodes.unknown;
}

function exitCodeOfHome({ status, problem }: HomeReport): ExitCode {
  if (status === null) return problem === null ? exitCodes.notRunning : exitCodes.unknown;
  return statusExitCode(status);
}
