/** What an end of a node means. Plain JSON: it can be stored with the exit. */
export interface Diagnosis {
  /** Stable name in kebab-case, as `unknown-flag` or `port-taken`. */
  readonly cause: string;
  /**
   * Whether another start can help: `never`; `short` = try again soon, then wait for the condition; `retry` = as after any
   * crash; `hold` = wait until the condition is over.
   */
  readonly class: 'never' | 'short' | 'retry' | 'hold';
  /** One line in plain English, at most 300 characters. It may quote a path or an argument of the node. */
  readonly summary: string;
  /** What to do, one line, at most 400 characters. */
  readonly remedy: string;
  /**
   * The decisive line of the log without colours and control characters, at most 500 characters. Empty where no line says
   * it. It may quote a value of the command line: redact it before it is shown or stored.
   */
  readonly evidence: string;
  /** `likely` where the same line or status can have another reason. */
  readonly confidence: 'certain' | 'likely';
}

/** A cause that an operator adds: a fork or a plugin has endings of its own. */
export interface OwnCause {
  /** Tried on each of the last 300 lines as it can be shown, without colours; of several own causes the first that matches any line counts. */
  readonly pattern: RegExp;
  readonly cause: string;
  readonly class: Diagnosis['class'];
  readonly remedy: string;
  /** @default the line itself */
  readonly summary?: string | undefined;
}

/** How a run ended, and what it wrote last. */
export interface Ending {
  /** The exit status; null where a signal ended the process or nobody knows. */
  readonly code: number | null;
  /** The name of the signal, as `SIGKILL`. */
  readonly signal: string | null;
  /** The last lines of this run, oldest first, one entry per line. */
  readonly tail: readonly string[];
  /**
   * Which program it was, for the words of the summary.
   *
   * @default null
   */
  readonly flavour?: 'geth' | 'gwemix' | null;
  /**
   * Whether the caller asked for this end.
   *
   * @default false
   */
  readonly asked?: boolean;
  /**
   * What the kernel says of it, where it killed the process for lack of memory.
   *
   * @default null
   */
  readonly lackOfMemory?: string | null;
  /**
   * Causes that come before all of the table. Nothing protects a sound node from a pattern that its peers can write: anchor it.
   *
   * @default none
   */
  readonly own?: readonly OwnCause[];
}
