import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { StatusReport } from './status-report.ts';

/** The exit code of `status` for a node. One that is up and that nobody watches is not well, whatever it does. */
export function statusExitCode(status: StatusReport): ExitCode {
  if (isUnsupervised(status)) return exitCodes.degraded;
  // A supervisor of a later version may know more states.
  return (
    (codes as Readonly<Record<string, ExitCode | undefined>>)[status.state] ?? exitCodes.unknown
  );
}

/** True for a node that is up and that nobody restarts when it ends. */
export function isUnsupervised({ pid, supervisor_pid: supervisor }: StatusReport): boolean {
  return pid !== null && supervisor === null;
}

const codes: Readonly<Record<StatusReport['state'], ExitCode>> = {
  running: exitCodes.ok,
  starting: exitCodes.ok,
  stopping: exitCodes.ok,
  upgrading: exitCodes.ok,
  stopped: exitCodes.notRunning,
  crashed: exitCodes.failed,
  error: exitCodes.failed,
};
