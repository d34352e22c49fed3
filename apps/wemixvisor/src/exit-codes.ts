/**
 * Every exit code of the program, in one place.
 *
 * `status` reads them as LSB init scripts do: 0 running, 3 stopped, 1 crashed or in error, 4 unknown.
 * `run` and `start --foreground` pass on the node's own code instead (128 + signal when one killed it).
 */
export const exitCodes = {
  /** Done, or the node is running. */
  ok: 0,
  /** The operation failed, or the node is crashed or in error. */
  failed: 1,
  /** The node is degraded; only `health` returns this. */
  degraded: 2,
  /** There is no running node. */
  notRunning: 3,
  /** The state is unknown. */
  unknown: 4,
  /** The command line or the configuration is wrong (`EX_USAGE` of sysexits). */
  usage: 64,
  /** A wait timed out (`EX_TEMPFAIL` of sysexits). */
  timedOut: 75,
} as const;

/** One of the program's exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
