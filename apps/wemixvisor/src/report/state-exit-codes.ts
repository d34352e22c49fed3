import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { StatusReport } from './status-report.ts';

/** The exit code of `status` for each state. */
export const stateExitCodes: Readonly<Record<StatusReport['state'], ExitCode>> = {
  running: exitCodes.ok,
  starting: exitCodes.ok,
  stopping: exitCodes.ok,
  upgrading: exitCodes.ok,
  stopped: exitCodes.notRunning,
  crashed: exitCodes.failed,
  error: exitCodes.failed,
};
