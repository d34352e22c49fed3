import type { Flag } from '../registry/flag.ts';

/** How geth reads one word of the command line. */
export type WordRole =
  | 'flag'
  | 'unknown-flag'
  | 'malformed-flag'
  | 'value'
  | 'subcommand'
  | 'positional'
  | 'terminator';

/** One word of the command line. */
export interface ParsedWord {
  /** Index in argv. */
  readonly position: number;
  readonly text: string;
  readonly role: WordRole;
}

/** One flag that is set, on the command line or by an environment variable. */
export interface ParsedFlag {
  /** Its name in the registry; for an unknown flag the name as typed, without dashes. */
  readonly name: string;
  /** As it was written: `--http.port`, `-http.port`, or the name of the variable. */
  readonly typed: string;
  /** Its entry in the registry; null for an unknown flag. */
  readonly flag: Flag | null;
  /** Null for a switch without a value, and for a flag whose value is missing. */
  readonly value: string | null;
  readonly source: 'argument' | 'environment';
  /** Index of the flag in argv; null when it comes from the environment. */
  readonly position: number | null;
  /** Index of its value in argv: the flag's own after `=`, the next one otherwise; null where there is none. */
  readonly valuePosition: number | null;
}

/** A node's command line as geth reads it. */
export interface ParsedArguments {
  /** One entry for each word of argv, in order. */
  readonly words: readonly ParsedWord[];
  /** Environment first, then the command line in order, so that the last entry of a name wins. */
  readonly flags: readonly ParsedFlag[];
  /** The subcommand (`console`, `db inspect`), or null where the node itself is started. */
  readonly subcommand: string | null;
}
