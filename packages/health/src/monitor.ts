import { excuseAbsence, newHistory, remember, type History } from './history.ts';
import type { Observation } from './observation.ts';
import { createObserver, type Observer } from './observer.ts';
import { resolveOptions, type HealthOptions, type Thresholds } from './options.ts';
import { phaseOf } from './phase.ts';
import { realPorts, type HealthPorts } from './ports.ts';
import { createSleepDetector, type SleepDetector } from './sleep-detector.ts';
import { snapshotOf, type HealthSnapshot, type NodeIdentity } from './snapshot.ts';
import { judge } from './verdict.ts';

/** Two snapshots, one after the other, that differ in status or phase. */
export interface HealthChange {
  readonly before: HealthSnapshot;
  readonly after: HealthSnapshot;
}

/** Watches one node for as long as it is not disposed; listeners must not throw. */
export interface Monitor {
  /** What is known now, without asking the node. */
  readonly snapshot: HealthSnapshot;
  /** Checks at once and from then on every interval. */
  start(): void;
  /**
   * The cached snapshot while it is younger than the interval, else a new check; `live` always checks.
   * A check under way is shared, never doubled.
   */
  check(options?: { readonly live?: boolean }): Promise<HealthSnapshot>;
  /** A new node process runs since `startedAt` (epoch milliseconds): all that was known of the old one is forgotten. */
  nodeStarted(startedAt: number): void;
  /** The node says that it repairs its database, which can take hours before RPC answers. */
  nodeRepairing(): void;
  /** The node is being stopped or is down: nothing is checked until {@link Monitor.nodeStarted}. */
  nodeStopping(): void;
  /** Takes new options; an option that is left out stays as it is. Throws HealthError `bad-option`. */
  update(options: Partial<HealthOptions>): void;
  /** Calls back after each change of status or phase; gives a function that ends it. */
  subscribe(listener: (change: HealthChange) => void): () => void;
  /** Calls back with the reason each time a restart should be considered; budget and cooldown are the caller's. */
  onRestartWanted(listener: (reason: string) => void): () => void;
  /** Stops at once; a check under way is given up and resolves with the last snapshot. */
  dispose(): void;
}

const firstRetryMs = 1_000;
const nobody: NodeIdentity = { clientVersion: null, networkId: null };

/**
 * Makes a monitor for one node. Nothing is asked before `start()` or `check()`.
 *
 * @example
 * const monitor = createMonitor({ ...defaultHealthOptions, endpoint: parseEndpoint('http://127.0.0.1:8545') });
 * monitor.subscribe(({ after }) => console.log(after.status, after.reason));
 * monitor.start();
 * @throws HealthError `bad-option` for a number that cannot work.
 */
export function createMonitor(options: HealthOptions, ports: Partial<HealthPorts> = {}): Monitor {
  return new NodeMonitor(resolveOptions(options), { ...realPorts, ...ports });
}

class NodeMonitor implements Monitor {
  readonly #ports: HealthPorts;
  readonly #sleep: SleepDetector;
  readonly #changeListeners = new Set<(change: HealthChange) => void>();
  readonly #restartListeners = new Set<(reason: string) => void>();
  #thresholds: Thresholds;
  #observer: Observer;
  #history: History;
  #identity = nobody;
  #snapshot: HealthSnapshot;
  #underWay: Promise<HealthSnapshot> | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #retryMs = firstRetryMs;
  #mode: 'idle' | 'watching' | 'disposed' = 'idle';
  #cancelTimer: () => void = () => undefined;

  constructor(thresholds: Thresholds, ports: HealthPorts) {
    this.#ports = ports;
    this.#sleep = createSleepDetector(ports);
    this.#thresholds = thresholds;
    this.#observer = createObserver(thresholds, ports);
    this.#history = newHistory(ports.monotonicNow());
    this.#snapshot = this.#judged().snapshot;
  }

  get snapshot(): HealthSnapshot {
    return this.#snapshot;
  }

  start(): void {
    if (this.#mode !== 'idle') return;
    this.#mode = 'watching';
    this.#schedule(0);
  }

  async check({ live = false }: { readonly live?: boolean } = {}): Promise<HealthSnapshot> {
    if (this.#underWay !== null) return this.#underWay;
    if (this.#mode === 'disposed' || this.#history.stopping) return this.#snapshot;
    const age = this.#ports.monotonicNow() - this.#checkedAt;
    if (!live && age < this.#thresholds.intervalMs) return this.#snapshot;
    return this.#run();
  }

  nodeStarted(startedAt: number): void {
    const age = Math.max(0, this.#ports.wallNow() - startedAt);
    this.#begin(newHistory(this.#ports.monotonicNow() - age));
  }

  nodeRepairing(): void {
    this.#history = { ...this.#history, repairing: true };
    this.#publish();
  }

  nodeStopping(): void {
    this.#begin({ ...this.#history, stopping: true });
  }

  update(options: Partial<HealthOptions>): void {
    const before = this.#thresholds;
    this.#thresholds = resolveOptions({ ...before, ...options });
    const moved = JSON.stringify(before.endpoint) !== JSON.stringify(this.#thresholds.endpoint);
    // What never answered at the new place has not fallen silent there.
    this.#begin(moved ? newHistory(this.#history.startedAt) : this.#history);
  }

  subscribe(listener: (change: HealthChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onRestartWanted(listener: (reason: string) => void): () => void {
    this.#restartListeners.add(listener);
    return () => this.#restartListeners.delete(listener);
  }

  dispose(): void {
    this.#mode = 'disposed';
    this.#cancelTimer();
    this.#underWay = null;
    this.#observer.dispose();
  }

  /** Goes on with another history; a check under way belongs to the old one and is given up. */
  #begin(history: History): void {
    if (this.#mode === 'disposed') return;
    this.#underWay = null;
    this.#observer.dispose();
    this.#observer = createObserver(this.#thresholds, this.#ports);
    if (!history.answered) this.#identity = nobody;
    this.#history = history;
    this.#retryMs = firstRetryMs;
    this.#publish();
    this.#schedule(0);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer();
    if (this.#mode !== 'watching' || this.#history.stopping) return;
    this.#sleep.expectWithin(delayMs);
    this.#cancelTimer = this.#ports.setTimer(delayMs, () => void this.check({ live: true }));
  }

  #run(): Promise<HealthSnapshot> {
    this.#forgiveSleep();
    const startedAt = this.#ports.monotonicNow();
    this.#sleep.expectWithin(this.#thresholds.timeoutMs);
    const running = this.#observer.observe(this.#identity === nobody).then((seen) => {
      // Another process or endpoint has taken over meanwhile: what was seen is of the past.
      if (this.#underWay !== running) return this.#snapshot;
      this.#underWay = null;
      this.#take(seen);
      this.#sleep.expectWithin(Number.POSITIVE_INFINITY);
      this.#schedule(this.#delayAfter(startedAt));
      return this.#snapshot;
    });
    this.#underWay = running;
    return running;
  }

  #take(seen: Observation): void {
    this.#checkedAt = seen.at;
    // The silence of a check that the machine slept through is the machine's, not the node's.
    if (this.#forgiveSleep() && seen.failure !== null) return;
    this.#history = remember(this.#history, seen);
    const { failure, clientVersion, networkId = null } = seen;
    if (failure === null && clientVersion !== undefined) {
      this.#identity = { clientVersion, networkId };
    }
    this.#publish();
  }

  #forgiveSleep(): boolean {
    const slept = this.#sleep.hasSlept();
    if (slept) this.#history = excuseAbsence(this.#history, this.#ports.monotonicNow());
    return slept;
  }

  #delayAfter(startedAt: number): number {
    const { intervalMs } = this.#thresholds;
    const every = this.#history.answered ? intervalMs : Math.min(this.#retryMs, intervalMs);
    this.#retryMs = Math.min(this.#retryMs * 2, intervalMs);
    return Math.max(0, startedAt + every - this.#ports.monotonicNow());
  }

  #judged(): { readonly snapshot: HealthSnapshot; readonly restartWanted: boolean } {
    const phase = phaseOf(this.#history, this.#thresholds);
    const verdict = judge(this.#history, this.#thresholds, phase, this.#ports.restartRefusal());
    const wallNow = this.#ports.wallNow();
    const snapshot = snapshotOf(this.#history, phase, verdict, { ...this.#identity, wallNow });
    return { snapshot, restartWanted: verdict.restartWanted };
  }

  #publish(): void {
    const before = this.#snapshot;
    const { snapshot: after, restartWanted } = this.#judged();
    this.#snapshot = after;
    if (before.status !== after.status || before.phase !== after.phase) {
      for (const listener of this.#changeListeners) listener({ before, after });
    }
    if (!restartWanted) return;
    for (const listener of this.#restartListeners) listener(after.reason);
  }
}
