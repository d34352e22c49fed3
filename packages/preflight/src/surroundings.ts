/** What surrounds a node, as plain data. What is left out is not checked. */
export interface Surroundings {
  /** The folder of the supervisor's own files. @default null */
  readonly home?: string | null;
  /** The supervisor, or the node where there is none; null where nothing runs. @default null */
  readonly runningPid?: number | null;
  /** How long the node may take to stop, and how long it took. @default null */
  readonly stops?: Stops | null;
  /** Who else ends the node, as the operator tells it. @default [] */
  readonly stopLimits?: readonly StopLimit[];
  /** Bytes of the node's cache. @default null */
  readonly cacheBytes?: number | null;
  /** The running node. @default null */
  readonly nodePid?: number | null;
  /** Milliseconds by which the node's newest block is later than this machine's clock; negative where it is earlier. @default null */
  readonly headAheadMs?: number | null;
  /** Milliseconds until the disk of the node's data is full, at the rate of the last hours. @default null */
  readonly diskFullInMs?: number | null;
}

/** The stops of a node. */
export interface Stops {
  /** Milliseconds that a stop may take at most before the supervisor kills; Infinity where it never does. */
  readonly atMostMs: number;
  /** Milliseconds that the last stops took. */
  readonly observedMs: readonly number[];
}

/** Somebody who ends the supervisor with its node, and kills both after a time. */
export interface StopLimit {
  /** Who it is, as the subject of a sentence: `systemd (geth.service)`. */
  readonly who: string;
  /** Milliseconds from SIGTERM to SIGKILL; Infinity where it never kills. */
  readonly ms: number;
  /** How it is given more time: `set TimeoutStopSec=`. */
  readonly remedy: string;
}
