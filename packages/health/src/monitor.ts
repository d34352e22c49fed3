import type { HealthOptions } from './options.ts';
import type { HealthSnapshot } from './snapshot.ts';

/** Two consecutive snapshots that differ in status or phase. */
export interface HealthChange {
  readonly before: HealthSnapshot;
  readonly after: HealthSnapshot;
}

/** Watches one node until it is disposed; listeners must not throw. */
export interface Monitor extends AsyncDisposable {
  /** The last snapshot; reading it asks the node nothing. */
  readonly snapshot: HealthSnapshot;
  /** Checks at once and from then on every interval. */
  start(): void;
  /**
   * Returns the cached snapshot while it is younger than the interval, else checks; `live` always checks.
   * Callers share a running check: it is never doubled.
   */
  check(options?: { readonly live?: boolean }): Promise<HealthSnapshot>;
  /** Forgets the old node process and watches the one that runs since `startedAt` (epoch milliseconds). */
  nodeStarted(startedAt: number): void;
  /** Notes that the node has answered somebody else: if no check of ours is answered, it has fallen silent. */
  nodeAnswered(): void;
  /** Notes that the node repairs its database, which can take hours before RPC answers. */
  nodeRepairing(): void;
  /**
   * Notes who answers at the node's endpoint in its place, in words, or with null that nobody does. While somebody does, the node is
   * `degraded` and is not asked.
   */
  strangerAnswers(who: string | null): void;
  /** Notes that the node stops or is down: nothing is checked until {@link Monitor.nodeStarted}. */
  nodeStopping(): void;
  /** Changes options; one that is left out keeps its value. @throws HealthError `BAD_OPTION` */
  update(options: Partial<HealthOptions>): void;
  /** Calls back after each change of status or phase; returns a function that ends it. */
  subscribe(listener: (change: HealthChange) => void): () => void;
  /** Calls back after each check of the node, answered or not; returns a function that ends it. */
  onChecked(listener: (snapshot: HealthSnapshot) => void): () => void;
  /** The same changes from now on, none left out. It ends with the monitor; a signal that aborts makes it throw an AbortError. */
  changes(options?: { readonly signal?: AbortSignal }): AsyncIterable<HealthChange>;
  /** Calls back with the reason each time a restart should be considered; budget and cooldown are the caller's. */
  onRestartWanted(listener: (reason: string) => void): () => void;
  /** Stops at once; a running check is abandoned and resolves with the last snapshot. */
  dispose(): void;
}
