import { sayFailure } from '../../app-error.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { statusExitCode } from '../../report/status-exit-code.ts';
import type { StatusReport } from '../../report/status-report.ts';
import { neverStarted, type HomePaths } from '../../state/home-paths.ts';
import type { AppContext } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import type { Screen } from '../../render/fit-screen.ts';
import { renderStatus } from '../../render/status-table.ts';
import { recentEvents } from '../../state/recent-events.ts';
import { recentWarnings } from '../../state/recent-warnings.ts';

/** The status of a home, ready to be shown. */
export interface ShownStatus {
  readonly status: StatusReport | undefined;
  /** The table, or why there is none. */
  readonly text: string;
  readonly code: ExitCode;
}

/** Reads the status of a home's node, with the supervisor up or down; for a terminal it fits in it. */
export async function readStatus(
  paths: HomePaths,
  screen: Screen | null = null,
): Promise<ShownStatus> {
  const now = Date.now();
  const { status, problem } = await inspectHome(paths, now);
  if (status !== undefined) {
    const recent = {
      events: await recentEvents(paths, 5).catch(() => []),
      warnings: await recentWarnings(paths, 3).catch(() => []),
    };
    const text = renderStatus(status, { now, screen, recent });
    return { status, text, code: statusExitCode(status) };
  }
  const text = problem ?? neverStarted(paths);
  return { status, text, code: problem === null ? exitCodes.notRunning : exitCodes.unknown };
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
  const { status, text, code } = await readStatus(paths, screenOf(context));
  if (status === undefined) return sayFailure({ stdout, stderr, json }, text, code);
  stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : text);
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
