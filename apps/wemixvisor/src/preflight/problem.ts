/** Something that will stop the node from starting (`error`), or that an operator should know before (`warning`). */
export interface Problem {
  /** What was looked at: `data directory`, `port`, `file`, `disk`, `file descriptors`. */
  readonly check: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}
