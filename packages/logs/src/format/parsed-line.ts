import type { Level } from './level.ts';

/** How a record is written: geth's three formats, those that other programs share, one that a caller reads, a Go crash report, or anything else. */
export type LogFormat =
  | 'terminal'
  | 'logfmt'
  | 'json'
  | 'log4j'
  | 'nlog'
  | 'tracing'
  | 'lighthouse'
  | 'python'
  | 'bracketed'
  | 'own'
  | 'panic'
  | 'plain';

/** What one record says. */
export interface ParsedLine {
  readonly format: LogFormat;
  /** The record's own time; null when it carries none. */
  readonly time: Date | null;
  readonly level: Level | null;
  readonly message: string;
  /** The `key=value` context in the order written; a repeated key keeps its last value. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a line does not state itself. */
export interface LineContext {
  /** A moment at or after the line was written, such as the file's last change: it decides the missing year. */
  readonly near: Date;
  /** Reads a line in a format of its own; null for one that it does not know, which is read as ever. @default none */
  readonly parse?: ParseLine | undefined;
}

/** Reads a record, without colours and the last newline, in a format of the caller's. It must not throw. */
export type ParseLine = (text: string) => Partial<Omit<ParsedLine, 'format'>> | null;
