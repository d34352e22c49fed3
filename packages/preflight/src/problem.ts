/** A check by its name. */
type CheckName =
  | 'data directory'
  | 'port'
  | 'ipc path'
  | 'file'
  | 'disk'
  | 'file descriptors'
  | 'stop time'
  | 'home'
  | 'clock'
  | 'memory';

/** Something that will stop the node from starting (`error`), or that an operator should know before (`warning`). */
export interface Problem {
  /** The check that found it. */
  readonly check: CheckName;
  /** Whether it stops the start. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, in one line. */
  readonly message: string;
  /** What to do about it, in one line. */
  readonly remedy: string;
}
