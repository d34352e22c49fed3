import {
  levels,
  parseLevel,
  parseTimeExpression,
  type Level,
  type LogRecord,
  type ReadLogsOptions,
} from '@wemixvisor/logs';
import { usageError } from '../app-error.ts';
import type { HomePaths } from '../config/home.ts';
import { runSpan, type RunSpan } from '../control/run-span.ts';
import type { LogSourceName } from '../render/log-line.ts';

/** What `logs` was asked for, as it was typed. */
export interface TypedLogOptions {
  readonly follow: boolean;
  readonly lines: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly grep: string | undefined;
  readonly ignoreCase: boolean;
  readonly invert: boolean;
  readonly level: string | undefined;
}

/**
 * What is to be read of the logs.
 *
 * @throws AppError with exit code 64, or LogsError `BAD_TIME`, for what cannot be understood.
 */
export function logRequest(
  typed: TypedLogOptions,
  span: RunSpan | null,
  signal: AbortSignal,
): ReadLogsOptions {
  const now = new Date();
  const time = (text: string | undefined) =>
    text === undefined ? null : parseTimeExpression(text, now);
  const { follow, ignoreCase, invert, grep = null } = typed;
  return {
    lines: lineCount(typed.lines),
    follow,
    // A node may write its times in whole seconds: see belongsTo.
    since: later(time(typed.since), span === null ? null : wholeSecond(span.start)),
    until: sooner(time(typed.until), span?.end ?? null),
    grep,
    ignoreCase,
    invert,
    level: leastLevel(typed.level),
    signal,
  };
}

/** Whose logs `--source` names. */
export function sourcesOf(source: string): readonly LogSourceName[] {
  if (source === 'all') return ['node', 'supervisor'];
  if (source === 'node' || source === 'supervisor') return [source];
  throw usageError(`--source: "${source}" is not one of node, supervisor, all`);
}

/** The run of the node that `--run` names. */
export function spanOf(run: string, paths: HomePaths): RunSpan {
  if (/^(0|-\d{1,4})$/.test(run)) return runSpan(paths, Number(run));
  throw usageError(`--run: "${run}" is not 0 for the last run, -1 for the one before, -2 …`);
}

/** In the second of the start, what has a finer time than that and is before it is of the run before. */
export function belongsTo(span: RunSpan | null, { time }: LogRecord): boolean {
  if (span === null || time === null) return true;
  return time >= span.start || time.getMilliseconds() === 0;
}

function lineCount(lines: string): number | 'all' {
  if (lines === 'all') return 'all';
  if (/^\d{1,15}$/.test(lines)) return Number(lines);
  throw usageError(`-n: "${lines}" is not a number of lines, or all`);
}

function leastLevel(level: string | undefined): Level | null {
  if (level === undefined) return null;
  const known = parseLevel(level);
  if (known !== null) return known;
  throw usageError(`--level: "${level}" is not one of ${levels.join(', ')}`);
}

const wholeSecond = (time: Date) => new Date(Math.floor(time.getTime() / 1000) * 1000);
const later = (one: Date | null, other: Date | null) =>
  one === null || (other !== null && other > one) ? other : one;
const sooner = (one: Date | null, other: Date | null) =>
  one === null || (other !== null && other < one) ? other : one;
