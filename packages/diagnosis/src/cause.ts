import type { Diagnosis } from './diagnosis.ts';
import type { LogLine } from './log-line.ts';

/** The part of a line that gives a cause, and what is known around it. */
export interface Found {
  /** A named group of the pattern, at most 120 characters; empty where it took no part. */
  readonly part: (name: string) => string;
  /** `geth`, `gwemix` or `the node`. */
  readonly program: string;
  /** All lines that were looked at. */
  readonly lines: readonly LogLine[];
}

/** A wording that gives a cause away. Patterns start with `^`: what peers and callers wrote is never at the start. */
export interface Sign {
  /**
   * `fatal`: behind `Fatal: ` and a known introduction; `usage`: a line of its own before the log begins; `crit`: message and
   * fields of a CRIT line; `dump`: the first line of a Go dump; `shell`: the shell or the loader in place of the node.
   */
  readonly where: 'fatal' | 'usage' | 'crit' | 'dump' | 'shell';
  readonly pattern: RegExp;
  /**
   * The introduction that the text must have, as `Error starting protocol stack`; empty = none.
   *
   * @default any
   */
  readonly within?: string;
  readonly summary: (found: Found) => string;
  /** @default the remedy of the cause */
  readonly remedy?: (found: Found) => string;
  /** @default 'certain' */
  readonly confidence?: Diagnosis['confidence'];
}

/** A line as a release wrote it, and the exit status that came with it. */
export interface CauseExample {
  readonly line: string;
  /** The release and the source file that the text is from. */
  readonly source: string;
  readonly code: number | null;
  readonly signal: string | null;
}

/** One row of the table. */
export interface Cause {
  readonly name: string;
  readonly class: Diagnosis['class'];
  /** What it means, one sentence. */
  readonly meaning: string;
  /** What to do, one line; a sign can have a narrower one. */
  readonly remedy: string;
  readonly signs: readonly Sign[];
  /** Lines that give it away, each with the exit status or signal that came with it and the release that wrote it. */
  readonly examples: readonly CauseExample[];
}

/** Examples that ended with a status: pairs of source and line. */
export function examplesOf(
  code: number,
  ...pairs: readonly (readonly [source: string, line: string])[]
): readonly CauseExample[] {
  return pairs.map(([source, line]) => ({ line, source, code, signal: null }));
}
