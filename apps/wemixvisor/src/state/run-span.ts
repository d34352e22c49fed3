import { usageError } from '../app-error.ts';
import type { HomePaths } from './home-paths.ts';
import { recallState } from './recall-state.ts';

/** From when to when a run of the node was, and where it lies in the log. */
export interface RunSpan {
  readonly start: Date;
  /** Null for the last run, which may go on. */
  readonly end: Date | null;
  /** Marks of the log; null for a run that 0.4.0 started, and for the end of the last one. */
  readonly after: string | null;
  readonly before: string | null;
}

/**
 * Where a run of the node is: 0 is the present or last one, -1 the one before.
 *
 * @throws AppError with exit code 64 for a run that is not remembered.
 */
export function runSpan(paths: HomePaths, run: number): RunSpan {
  const starts = recallState(paths).state?.starts ?? [];
  const at = starts.length - 1 + run;
  const start = starts[at];
  if (start === undefined) {
    const known =
      starts.length === 0 ? 'no start is remembered' : `${1 - starts.length} is the oldest known`;
    throw usageError(`--run ${run}: there is no such run; ${known}`);
  }
  const next = starts[at + 1];
  return {
    start: new Date(start.at),
    end: next === undefined ? null : new Date(next.at - 1),
    after: start.logMark,
    before: next?.logMark ?? null,
  };
}
