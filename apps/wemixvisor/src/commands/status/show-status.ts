import { sayFailure } from '../../app-error.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { statusExitCode } from '../../report/status-exit-code.ts';
import type { StatusReport } from '../../report/status-report.ts';
import { neverStarted, type HomePaths } from '../../state/home-paths.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { statusText } from './status-text.ts';
import { writeStatus, type SimpleRun } from './write-status.ts';

/** Reads the status of a home's node, with the supervisor up or down; the problem is why there is none. */
export async function readStatus(paths: HomePaths): Promise<{
  readonly status: StatusReport | undefined;
  readonly problem: string;
  readonly code: ExitCode;
}> {
  const { status, problem } = await inspectHome(paths, Date.now());
  if (status !== undefined) return { status, problem: '', code: statusExitCode(status) };
  if (problem === null) {
    return { status, problem: neverStarted(paths), code: exitCodes.notRunning };
  }
  return { status, problem, code: exitCodes.unknown };
}

/** Shows the status of a home's node, with the supervisor up or down; returns the exit code. */
export async function showStatus(run: SimpleRun): Promise<ExitCode> {
  const { status, problem, code } = await readStatus(run.paths);
  if (status !== undefined) return writeStatus(status, run, statusText);
  return sayFailure({ ...run.context, json: run.json }, problem, code);
}
