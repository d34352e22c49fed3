/** What tells a process from any later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Kernel start time in the platform's own notation; it does not change at exec. */
  readonly startTime: string;
  /** Changes at each boot of the machine. */
  readonly bootId: string;
  /** Path of the program; null when it cannot be read. It may change at exec or when the file is replaced. */
  readonly executable: string | null;
}

/** Resource usage of a process. */
export interface ProcessUsage {
  /** Milliseconds of CPU since it began, in user and system mode, over all cores. */
  readonly cpuMs: number;
  /** Bytes of resident memory (RSS). */
  readonly residentBytes: number;
}

/** Open file descriptors of a process. */
export interface FileDescriptors {
  readonly open: number;
  /** The most that it may have open; null where there is no limit. */
  readonly limit: number | null;
}

/** Kills for lack of memory in one control group. */
export interface MemoryKills {
  /** The file that counts them. */
  readonly group: string;
  readonly count: number;
}

/** Information about processes from the operating system. */
export interface Platform {
  /** The live process with this pid; undefined when there is none. A zombie is gone. */
  identify(pid: number): ProcessIdentity | undefined;
  /** Its arguments; undefined when it is gone or they cannot be read. */
  commandLine(pid: number): string | undefined;
  /** Its resource usage; undefined when it is gone or that cannot be read. */
  usage(pid: number): ProcessUsage | undefined;
  /** Its open file descriptors; undefined when it is gone or they cannot be read cheaply. */
  fileDescriptors(pid: number): FileDescriptors | undefined;
  /**
   * Other processes that have this file open for writing, as far as this user may look; also when it was removed, on Linux,
   * where children in the session of this process are left out.
   * With `since`, a start time, Linux leaves those out that began earlier, which spares most of the work.
   */
  writersOf(file: string, since?: string): readonly number[];
  /**
   * Live processes whose session or process group has one of these numbers; macOS tells groups only. Linux lists processes once in a turn of the
   * event loop, for this and for `writersOf`.
   */
  membersOf(numbers: readonly number[]): readonly ProcessIdentity[];
  /** Paths of the Unix sockets that somebody listens on, whoever that is; a path may have gone meanwhile. */
  listeningSockets(): readonly string[];
  /**
   * How many processes of a control group the kernel has killed for lack of memory, by default of the group of this process; undefined where
   * nobody counts.
   */
  memoryKills(group?: string): MemoryKills | undefined;
  /** What the kernel's log says of a process that it killed for lack of memory; undefined where it says nothing or may not be read. */
  memoryKillOf(process: ProcessIdentity): string | undefined;
  /**
   * True for a Go program that has not asked for any signal yet (os/signal.Notify), so that SIGTERM would end it at once, in the middle of
   * what it does. False for any other, and where nobody can tell.
   */
  awaitsHandler(pid: number): boolean;
  /** Cheap existence check. May report a zombie or a reused pid; `false` is reliable. */
  mayExist(pid: number): boolean;
  /** Milliseconds between two calls of `identify` for a watched process; `mayExist` is called in between. */
  readonly identifyEveryMs: number;
}
