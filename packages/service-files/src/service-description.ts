/** A service as plain data. */
export interface ServiceDescription {
  /** One line, shown by systemd. */
  readonly description: string;
  /** The name that launchd lists it by; systemd takes the name of the unit's file. */
  readonly label: string;
  /** The command line of the service; the first word is an absolute path. */
  readonly command: readonly [string, ...string[]];
  /** The user that the service runs as; null leaves it to the operator. */
  readonly user: string | null;
  /** Milliseconds that the program may take to stop before the system kills it; 0 is for ever. */
  readonly stopTimeoutMs: number;
  /**
   * The first line of the file: where it comes from.
   *
   * @default null
   */
  readonly origin?: string | null;
  /**
   * The number of open files that each process may have; null is the system's own.
   *
   * @default null
   */
  readonly openFiles?: number | null;
  /**
   * Exit codes that no restart fixes. launchd has no such list and restarts after them too.
   *
   * @default []
   */
  readonly permanentExitCodes?: readonly number[];
}
