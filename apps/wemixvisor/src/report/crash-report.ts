import type { StatusReport } from './status-report.ts';

/** What is kept of an abnormal exit, or of a node that is about to be restarted for its health. */
export interface CrashReport {
  readonly schema: 1;
  readonly at: string;
  readonly cause: 'exit' | 'health';
  /** Why, in words. */
  readonly reason: string | null;
  /** The status at that moment; secrets are redacted. */
  readonly status: StatusReport;
  /** The last lines of the node's log, oldest first; secrets are redacted. */
  readonly last_lines: readonly string[];
  /** The first lines from the one on that tells the cause, where that is further up, as in the dump of a Go program; else empty. */
  readonly dump_lines: readonly string[];
}

/** A report of a home, by the name of its file. */
export interface KeptCrash {
  readonly id: string;
  readonly report: CrashReport;
}
