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
   * The number of processes and threads that all of the service may have; null is the system's own. launchd has no such limit.
   *
   * @default null
   */
  readonly tasks?: number | null;
  /**
   * Exit codes that no restart fixes. launchd has no such list and restarts after them too.
   *
   * @default []
   */
  readonly permanentExitCodes?: readonly number[];
  /**
   * The program tells systemd when it has started, how it is and that it is alive, as `createServiceNotifier` does (`Type=notify`). A hung
   * one is killed after 5 minutes and started again.
   *
   * @default false
   */
  readonly notifies?: boolean;
  /**
   * What a reload runs, as the user of the service; null sends SIGHUP. launchd has no reload.
   *
   * @default null
   */
  readonly reload?: readonly [string, ...string[]] | null;
  /**
   * What the service is kept from; null keeps it from nothing. launchd has no such thing.
   *
   * @default null
   */
  readonly sandbox?: ServiceSandbox | null;
}

/** What a service needs of the machine; it gets at nothing else that systemd can keep it from. */
interface ServiceSandbox {
  /** Absolute paths that exist and are written to; null where they are not known: only what belongs to the system is read-only then. */
  readonly writable: readonly string[] | null;
  /** It shares `/tmp` with the others of the machine. */
  readonly sharesTmp: boolean;
}
