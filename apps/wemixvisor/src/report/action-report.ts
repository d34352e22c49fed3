import type { StatusReport } from './status-report.ts';

/**
 * What became of an action. Of `start` and `restart`: `running`, `started` (not awaited), `different` (it runs with other options and is left alone),
 * `failed`, `timed_out` (it goes on), `supervisor_gone`. Of `stop`: `stopped`, `killed`, `not_running`, `restart_cancelled`. Of `detach`:
 * `detached`, `no_supervisor`.
 */
export type ActionOutcome =
  | 'running'
  | 'started'
  | 'different'
  | 'failed'
  | 'timed_out'
  | 'supervisor_gone'
  | 'stopped'
  | 'killed'
  | 'not_running'
  | 'restart_cancelled'
  | 'detached'
  | 'no_supervisor';

/** What `start`, `stop`, `restart` and `detach` print with `--json`: version 1 of its shape. */
export interface ActionReport {
  readonly schema: 1;
  readonly outcome: ActionOutcome;
  /** Of the node afterwards, with how it ended; null where none was ever started or nobody can tell. */
  readonly status: StatusReport | null;
  /** What is different from the start that was asked for, a line each; else empty. */
  readonly differences: readonly string[];
  /** The settings that a start has put in force on a node that ran already, a line each; else empty. */
  readonly applied: readonly string[];
  /** Those that wait for the next start of that node, a line each; else empty. */
  readonly at_next_start: readonly string[];
}
