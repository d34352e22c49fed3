import type { NodeConfiguration } from '../parse/read-configuration.ts';

/** The kind of a finding, for programs. */
type FindingCode =
  | 'unknown-flag'
  | 'malformed-flag'
  | 'flag-not-in-version'
  | 'deprecated'
  | 'missing-value'
  | 'bad-value'
  | 'not-one-of'
  | 'out-of-range'
  | 'separated-boolean'
  | 'unexpected-word'
  | 'flag-as-value'
  | 'glued-arguments'
  | 'repeated-flag'
  | 'two-names'
  | 'exclusive-flags'
  | 'no-effect'
  | 'unlock-over-http'
  | 'exits-by-itself'
  | 'interactive'
  | 'log-redirected'
  | 'free-disk-check-off'
  | 'port-clash'
  | 'config-unreadable'
  | 'unknown-config-key'
  | 'unknown-variable'
  | 'ipc-path-too-long';

/** A change of the command line, for `argv.toSpliced(position, remove, ...insert)`. What is inserted may hold a secret that argv holds. */
export interface Fix {
  readonly position: number;
  /** How many words go. */
  readonly remove: number;
  readonly insert: readonly string[];
}

/** One fact about a command line that an operator should know. */
export interface Finding {
  /** Its kind, for programs. */
  readonly code: FindingCode;
  /** `error`: the node will not start, or not stay; `warning`: it starts but not as it reads; `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Index in argv; null where it is about the environment or a file. */
  readonly position: number | null;
  /** The flag it is about, by its name in the registry or as typed, without dashes; null where it is about none. */
  readonly flag: string | null;
  /** The name of the flag to use instead; null where there is none. */
  readonly replacement: string | null;
  /** What would put it right, as far as that is known; `Did you mean …?` is a guess here too. */
  readonly fix: Fix | null;
  /** The problem, without secrets. */
  readonly message: string;
  /** What to do about the problem. */
  readonly remedy: string;
}

/** What a rule finds: the flag is known by its position, and most findings have no fix. */
export type Found = Omit<Finding, 'flag' | 'replacement' | 'fix'> &
  Partial<Pick<Finding, 'replacement' | 'fix'>>;

/** One rule of `validate`. */
export type Rule = (configuration: NodeConfiguration) => readonly Found[];
