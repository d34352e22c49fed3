import { sayFailure } from '../../app-error.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { stateExitCodes } from '../../report/state-exit-codes.ts';
import type { StatusReport } from '../../report/status-report.ts';
import { neverStarted, type HomePaths } from '../../state/home-paths.ts';
import type { AppContext } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { renderStatus } from '../../render/status-table.ts';

/** The status of a home, ready to be shown. */
export interface ShownStatus {
  readonly status: StatusReport | undefined;
  /** The table, or why there is none. */
  readonly text: string;
  readonly code: ExitCode;
}

/** Reads the status of a home's node, with the supervisor up or down. */
export async function readStatus(paths: HomePaths): Promise<ShownStatus> {
  const now = Date.now();
  const { status, problem } = await inspectHome(paths, now);
  if (status !== undefined) {
    return { status, text: renderStatus(status, now), code: stateExitCodes[status.state] };
  }
  const text = problem ?? neverStarted(paths);
  return { status, text, code: problem === null ? exitCodes.notRunning : exitCodes.unknown };
}

/** Writes the status of a home's node, as a table or as JSON, and returns the exit code for scripts. */
export async function showStatus({
  context: { stdout, stderr },
  paths,
  json,
}: {
  readonly context: Pick<AppContext, 'stdout' | 'stderr'>;
  readonly paths: HomePaths;
  readonly json: boolean;
}): Promise<ExitCode> {
  const { status, text, code } = await readStatus(paths);
  if (status === undefined) return sayFailure({ stdout, stderr, json }, text, code);
  stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : text);
  return code;
}
