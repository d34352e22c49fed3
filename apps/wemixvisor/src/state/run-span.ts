import { usageError } from '../app-error.ts';
import type { HomePaths } from './home-paths.ts';
import { recallState } from './recall-state.ts';

/** From when to when a run of the node was; null = it is the last one, and may go on. */
export interface RunSpan {
  readonly start: Date;
  readonly end: Date | null;
}

/**
 * When a run of the node was: 0 is the present or last one, -1 the one before.
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
  const end = starts[at + 1];
  return { start: new Date(start), end: end === undefined ? null : new Date(end - 1) };
}
