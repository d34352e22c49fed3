import { sayFailure } from '../../app-error.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { statusExitCode } from '../../report/status-exit-code.ts';
import type { StatusReport } from '../../report/status-report.ts';
import { neverStarted, type HomePaths } from '../../state/home-paths.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { statusText } from './status-text.ts';
import { writeStatus, type StatusRequest } from './write-status.ts';

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

/** Shows the status of a home's node, with the supervisor up or down; returns the exit code. */
export async function showStatus(request: StatusRequest): Promise<ExitCode> {
  const { context, paths, json } = request;
  const { status, problem, code } = await readStatus(paths);
  return status === undefined
    ? sayFailure({ ...context, json }, problem, code)
    : writeStatus(status, request, statusText);
}
