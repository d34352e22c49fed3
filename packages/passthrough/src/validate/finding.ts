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

/** One fact about a command line that an operator should know. */
export interface Finding {
  readonly code: FindingCode;
  /** `error`: the node will not start, or not stay; `warning`: it starts but not as it reads; `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Index in argv; null where it is about the environment or a file. */
  readonly position: number | null;
  /** The problem, without secrets. */
  readonly message: string;
  /** What to do about the problem. */
  readonly remedy: string;
}

/** One rule of `validate`. */
export type Rule = (configuration: NodeConfiguration) => readonly Finding[];
