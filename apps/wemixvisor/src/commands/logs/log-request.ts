import {
  compileTests,
  levels,
  parseLevel,
  parseTimeExpression,
  type LogRecord,
  type readLogs,
} from '@wemixvisor/logs';
import { usageError } from '../../app-error.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { runSpan, type RunSpan } from '../../state/run-span.ts';

/** The log that a record is from. */
export type LogSourceName = 'node' | 'supervisor';

/** What is read of the logs. */
export type LogRequest = NonNullable<Parameters<typeof readLogs>[1]>;

/** The options of `logs` as they were typed. */
export interface TypedLogOptions {
  readonly follow: boolean;
  readonly lines: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly grep: string | undefined;
  readonly ignoreCase: boolean;
  readonly invert: boolean;
  readonly level: string | undefined;
  readonly where: string | undefined;
  readonly message: string | undefined;
  readonly beforeContext: string | undefined;
  readonly afterContext: string | undefined;
  readonly nearby: string | undefined;
  readonly around: string | undefined;
  readonly errors: boolean;
  readonly stats: boolean;
  readonly map: boolean;
  readonly action: string | undefined;
}

/** What is asked of the logs, and the conditions of it. */
export interface TypedRequest {
  readonly request: LogRequest;
  readonly conditions: Conditions;
}

/** The conditions on what records say. */
export type Conditions = ReturnType<typeof compileTests>;

/** What of a request is not typed as it is. */
interface RequestParts {
  /** Patterns of lines to leave out. */
  readonly mute?: readonly string[];
  /** The moment around which lines are wanted. */
  readonly around?: string | undefined;
}

/** Lines before and after a moment where no number is given. */
const linesAround = 20;

/**
 * Turns the options of `logs` into a request to read.
 *
 * @throws AppError with exit code 64, or LogsError, for a wrong value.
 */
export function logRequest(
  typed: TypedLogOptions,
  signal: AbortSignal,
  { mute = [], around: moment = typed.around }: RequestParts = {},
): TypedRequest {
  const now = new Date();
  const time = (text: string | undefined) =>
    text === undefined ? null : parseTimeExpression(text, now);
  const { follow, ignoreCase, invert, grep = null, where = null, message = null } = typed;
  const conditions = compileTests({ where, message, mute, ignoreCase });
  // A summary and an export are of all lines, unless a number is typed.
  const isWhole = typed.stats || typed.map || typed.errors || typed.action !== undefined;
  const around = time(moment);
  const request = {
    lines: lineCount(typed.lines ?? (isWhole ? 'all' : '100')),
    follow,
    since: time(typed.since),
    until: time(typed.until),
    grep,
    ignoreCase,
    invert,
    level: leastLevel(typed.level ?? (typed.errors ? 'error' : undefined)),
    tests: conditions.tests,
    around,
    context: contextOf(typed, around === null ? 0 : linesAround),
    signal,
  };
  return { request, conditions };
}

/** The lines before and after each, or around the moment that is asked for; null for none. */
function contextOf(
  { beforeContext, afterContext, nearby }: TypedLogOptions,
  usual: number,
): NonNullable<LogRequest['context']> | null {
  const count = (option: string, text: string | undefined) => {
    if (text === undefined || /^\d{1,6}$/.test(text))
      return text === undefined ? null : Number(text);
    throw usageError(`${option}: "${text}" is not a number of lines`);
  };
  const both = count('-C', nearby) ?? usual;
  const before = count('-B', beforeContext) ?? both;
  const after = count('-A', afterContext) ?? both;
  return before === 0 && after === 0 ? null : { before, after };
}

/** The logs that `--source` names. */
export function sourcesOf(source: string): readonly LogSourceName[] {
  if (source === 'all') return ['node', 'supervisor'];
  if (source === 'node' || source === 'supervisor') return [source];
  throw usageError(`--source: "${source}" is not one of node, supervisor, all`);
}

/** Where the run is that `--run` names. */
export function spanOf(run: string, paths: HomePaths): RunSpan {
  if (/^(0|-\d{1,4})$/.test(run)) return runSpan(paths, Number(run));
  throw usageError(`--run: "${run}" must be 0, -1, -2…`);
}

/** True where the run is known by its place in a log; else it is found by the times of the records. */
export function isMarked(span: RunSpan | null, source: LogSourceName): boolean {
  return source === 'node' && span !== null && span.after !== null;
}

/** The part of a log in which a run is. */
export function partOf(
  span: RunSpan | null,
  source: LogSourceName,
  { since = null, until = null }: LogRequest,
): NonNullable<Parameters<typeof readLogs>[0][number]['within']> {
  if (span === null) return {};
  if (isMarked(span, source)) return { after: span.after, before: span.before };
  // A node may log whole seconds: belongsTo() checks the rest.
  return { since: later(since, wholeSecond(span.start)), until: sooner(until, span.end) };
}

/**
 * For a run that is found by time: in the second of the start, a record from before it belongs to the previous run, unless it may be a whole second,
 * as logfmt has it.
 */
export function belongsTo({ start }: RunSpan, { time, format }: LogRecord): boolean {
  if (time === null || time >= start) return true;
  return format !== 'terminal' && format !== 'json' && time.getMilliseconds() === 0;
}

/** How many of the last lines `-n` asks for. */
export function lineCount(lines: string): number | 'all' {
  if (lines === 'all') return 'all';
  if (/^\d{1,15}$/.test(lines)) return Number(lines);
  throw usageError(`-n: "${lines}" is not a number of lines, or all`);
}

/** The level that `--level` names. */
export function leastLevel(level: string | undefined): ReturnType<typeof parseLevel> | null {
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
