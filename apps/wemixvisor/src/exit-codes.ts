/**
 * Every exit code of the program, in one place.
 *
 * `status` reads them as LSB init scripts do: 0 running, 2 running without a supervisor, 3 stopped, 1 crashed or in error,
 * 4 unknown.
 * `run` and `start --foreground` pass on the node's own code instead (128 + signal when one killed it).
 */
export const exitCodes = {
  ok: 0,
  failed: 1,
  degraded: 2,
  notRunning: 3,
  unknown: 4,
  usage: 64,
  timedOut: 75,
  interrupted: 130,
} as const;

/** What each of them means, as the manual says it; 64 and 75 are `EX_USAGE` and `EX_TEMPFAIL` of sysexits, 130 is what a shell makes of Ctrl-C. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'Done; for `status`: the node is running, starting or stopping.',
  failed: 'Failed; for `status`: the node is crashed or in error; for `health`: it is unhealthy.',
  degraded:
    'For `health`: the node is degraded; for `status`: it is up and unsupervised, nobody restarts it.',
  notRunning: 'The node is not running; for `reload` and `alerts`: no supervisor is running.',
  unknown: 'The state cannot be told.',
  usage: 'The command line or the configuration is wrong.',
  timedOut: 'What was waited for did not come in time; it goes on.',
  interrupted:
    'Ctrl-C ended the waiting, and what was begun goes on; or an export, of which nothing is left.',
};

/** One of the program's exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
