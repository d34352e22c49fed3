import { sayFailure } from '../../app-error.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { statusExitCode } from '../../report/status-exit-code.ts';
import type { StatusReport } from '../../report/status-report.ts';
import { neverStarted, type HomePaths } from '../../state/home-paths.ts';
import type { AppContext } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import type { Screen } from '../../render/fit-screen.ts';

/** The status of a home, or why there is none. */
export interface ReadStatus {
  readonly status: StatusReport | undefined;
  /** Why there is no status; empty where there is one. */
  readonly problem: string;
  readonly code: ExitCode;
}

/** Reads the status of a home's node, with the supervisor up or down. */
export async function readStatus(paths: HomePaths): Promise<ReadStatus> {
  const { status, problem } = await inspectHome(paths, Date.now());
  if (status !== undefined) return { status, problem: '', code: statusExitCode(status) };
  if (problem === null) {
    return { status, problem: neverStarted(paths), code: exitCodes.notRunning };
  }
  return { status, problem, code: exitCodes.unknown };
}

/** The status as a table, with what happened of late; for a terminal it fits in it. */
export async function statusText(
  status: StatusReport,
  paths: HomePaths,
  screen: Screen | null,
): Promise<string> {
  // Programs ask for JSON, again and again, and need none of this.
  const { renderStatus } = await import('../../render/status-table.ts');
  const { recentLines } = await import('../../state/recent-lines.ts');
  return renderStatus(status, { now: Date.now(), screen, recent: await recentLines(paths) });
}

/** Writes the status of a home's node, as a table or as JSON, and returns the exit code for scripts. */
export async function showStatus({
  context,
  paths,
  json,
}: {
  readonly context: StatusContext;
  readonly paths: HomePaths;
  readonly json: boolean;
}): Promise<ExitCode> {
  const { stdout, stderr } = context;
  const { status, problem, code } = await readStatus(paths);
  if (status === undefined) return sayFailure({ stdout, stderr, json }, problem, code);
  if (json) stdout.write(`${JSON.stringify(status, null, 2)}\n`);
  else stdout.write(await statusText(status, paths, screenOf(context)));
  return code;
}

/** What a status is shown on. */
type StatusContext = Pick<
  AppContext,
  'stdout' | 'stderr' | 'interactive' | 'columns' | 'rows' | 'colorDepth'
>;

/** The terminal as it is now; null where there is none. */
export function screenOf({
  interactive,
  columns,
  rows,
  colorDepth,
}: Omit<StatusContext, 'stdout' | 'stderr'>): Screen | null {
  return interactive ? { columns, rows, colour: colorDepth > 1 } : null;
}
