import type { Level } from '../format/level.ts';
import type { ParseLine } from '../format/parsed-line.ts';
import type { Filter } from './select/filter.ts';
import { contextOf } from './select/context.ts';
import type { ReadProgress } from './read-progress.ts';
import type { RecordTest } from './select/record-test.ts';
import { compilePattern } from './search/pattern.ts';

/** How many records to read before and after others. */
interface RecordContext {
  readonly before: number;
  readonly after: number;
}

/** Which records of a log to read. All conditions must hold. */
export interface ReadOptions {
  /** The folder of the log. */
  readonly directory: string;
  /** The log's name: `node` for `node.log`. */
  readonly name: string;
  /** The last N of the records that fit, or all of them. @default 'all' */
  readonly lines?: number | 'all';
  /** Only what was written after this place of the log, as {@link LogStore.mark} named it. @default its beginning */
  readonly after?: string | null;
  /** Only what was written before this place of the log; nothing is followed then. @default its end */
  readonly before?: string | null;
  /** Not before this moment. */
  readonly since?: Date | null;
  /** Not after this moment. */
  readonly until?: Date | null;
  /** A regular expression, tried on each record as grep does; flags `g`, `y` and `s` are ignored. */
  readonly grep?: RegExp | string | null;
  /** `grep` matches letters in either case. @default false */
  readonly ignoreCase?: boolean;
  /** Records that `grep` does not match. @default false */
  readonly invert?: boolean;
  /** At least this severe. */
  readonly level?: Level | null;
  /** Conditions on what a record says, such as {@link compileTests} makes; each holds what it reads, so it is for one reading at a time. @default [] */
  readonly tests?: readonly RecordTest[];
  /** So many records before and after each that fits, whether they fit or not; `lines` counts only those that fit. @default none */
  readonly context?: RecordContext | null;
  /**
   * Reads a record in a format of your own; null for a text that it does not know. It is asked first, for each record whose level, time or
   * fields are wanted, and must not throw. @default the formats of the README
   */
  readonly parse?: ParseLine | undefined;
  /**
   * Records share the read buffer instead of being copied: each is valid only until the next is asked for. Saves memory where records are written
   * elsewhere at once, above all for lines of megabytes.
   * @default false
   */
  readonly shared?: boolean;
  /** Is counted up while the log is read from its beginning, which it is where `lines` is no number. @default nothing is counted */
  readonly progress?: ReadProgress | undefined;
  /** Go on with new records until aborted. @default false */
  readonly follow?: boolean;
  /** Following looks at the log no sooner than so many milliseconds after the last look, whatever is written meanwhile. @default 0: at each change */
  readonly followEveryMs?: number;
  /** Ends the reading, without an error. */
  readonly signal?: AbortSignal;
  /** Ends following once everything in the log by then was given, including an unfinished last line. */
  readonly finish?: AbortSignal;
}

/** The filter that the options describe. @throws LogsError `BAD_PATTERN` */
export function filterFrom({
  since,
  until,
  grep,
  ignoreCase = false,
  invert = false,
  level,
  tests = [],
  context,
}: Omit<ReadOptions, 'directory' | 'name'>): Filter {
  return {
    since: since ?? null,
    until: until ?? null,
    grep: grep === undefined || grep === null ? null : compilePattern(grep, { ignoreCase }),
    invert,
    level: level ?? null,
    tests,
    context: context ? contextOf(context) : null,
  };
}
