import { EventEmitter, on } from 'node:events';
import { standsStill } from './checks/head-progress.ts';
import { forgiveSleep, newHistory, recordObservation, type History } from './history.ts';
import type { HealthChange, Monitor } from './monitor.ts';
import type { Observation } from './observation.ts';
import { createObserver, type Observer } from './observer.ts';
import { resolveOptions, type HealthOptions, type ResolvedOptions } from './options.ts';
import { phaseOf } from './phase.ts';
import { withDefaultPorts, type HealthPorts } from './ports.ts';
import { createSleepDetector, type SleepDetector } from './sleep-detector.ts';
import { snapshotOf, type HealthSnapshot } from './snapshot.ts';
import { judge } from './verdict.ts';

const firstRetryMs = 1_000;

/**
 * Makes a monitor for one node. It asks the node nothing before `start()` or `check()`.
 *
 * @throws HealthError `BAD_OPTION` for a number out of range.
 * @example
 * import { createMonitor, parseEndpoint } from '@wemixvisor/health';
 *
 * await using monitor = createMonitor({ endpoint: parseEndpoint('http://127.0.0.1:8545') });
 * monitor.start();
 * for await (const { after } of monitor.changes()) console.log(after.status, after.reason);
 */
export function createMonitor(options: HealthOptions, ports: Partial<HealthPorts> = {}): Monitor {
  return new NodeMonitor(resolveOptions(options), withDefaultPorts(ports));
}

class NodeMonitor implements Monitor {
  readonly #ports: HealthPorts;
  readonly #sleep: SleepDetector;
  readonly #changeListeners = new Set<(change: HealthChange) => void>();
  readonly #changed = new EventEmitter<{ change: [HealthChange]; end: [] }>().setMaxListeners(0);
  readonly #restartListeners = new Set<(reason: string) => void>();
  readonly #checkListeners = new Set<(snapshot: HealthSnapshot) => void>();
  #options: ResolvedOptions;
  #observer: Observer;
  #history: History;
  #snapshot: HealthSnapshot;
  #pending: Promise<HealthSnapshot> | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #retryMs = firstRetryMs;
  #mode: 'idle' | 'watching' | 'disposed' = 'idle';
  #cancelTimer: () => void = () => undefined;

  constructor(options: ResolvedOptions, ports: HealthPorts) {
    this.#ports = ports;
    this.#sleep = createSleepDetector(ports.clock);
    this.#options = options;
    this.#observer = createObserver(options, ports);
    this.#history = newHistory(ports.clock.monotonic(), options.expectAnswer);
    this.#snapshot = this.#judge().snapshot;
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
    if (this.#pending !== null) return this.#pending;
    if (this.#mode === 'disposed' || this.#history.stopping) return this.#snapshot;
    // What another process says is not the health of this one.
    if (this.#history.stranger !== null) return this.#snapshot;
    const age = this.#ports.clock.monotonic() - this.#checkedAt;
    if (!live && age < this.#options.intervalMs) return this.#snapshot;
    return this.#run();
  }

  nodeStarted(startedAt: number): void {
    const { clock } = this.#ports;
    const age = Math.max(0, clock.now() - startedAt);
    this.#continueWith(newHistory(clock.monotonic() - age, this.#options.expectAnswer));
  }

  nodeAnswered(): void {
    if (this.#history.answered) return;
    // An answer that was missed before this one is no failure.
    this.#history = {
      ...this.#history,
      answered: true,
      repairing: false,
      stranger: null,
      last: null,
    };
    this.#publish();
  }

  nodeRepairing(): void {
    this.#history = { ...this.#history, repairing: true };
    this.#publish();
  }

  strangerAnswers(who: string | null): void {
    if (who === this.#history.stranger) return;
    this.#history = { ...this.#history, stranger: who };
    this.#publish();
  }

  nodeStopping(): void {
    this.#continueWith({ ...this.#history, stopping: true });
  }

  update(options: Partial<HealthOptions>): void {
    const before = this.#options;
    this.#options = resolveOptions({ ...before, ...options });
    const { endpoint, expectAnswer: expected } = this.#options;
    const moved = JSON.stringify(before.endpoint) !== JSON.stringify(endpoint);
    // A new endpoint that has never answered has not fallen silent.
    this.#continueWith(
      moved ? newHistory(this.#history.startedAt, expected) : { ...this.#history, expected },
    );
  }

  subscribe(listener: (change: HealthChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onChecked(listener: (snapshot: HealthSnapshot) => void): () => void {
    this.#checkListeners.add(listener);
    return () => this.#checkListeners.delete(listener);
  }

  onRestartWanted(listener: (reason: string) => void): () => void {
    this.#restartListeners.add(listener);
    return () => this.#restartListeners.delete(listener);
  }

  changes({ signal }: { readonly signal?: AbortSignal } = {}): AsyncIterable<HealthChange> {
    const events = on(this.#changed, 'change', { close: ['end'], ...(signal && { signal }) });
    if (this.#mode === 'disposed') this.#changed.emit('end');
    return changesIn(events);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dispose();
    await Promise.resolve();
  }

  dispose(): void {
    this.#mode = 'disposed';
    this.#changed.emit('end');
    this.#cancelTimer();
    this.#pending = null;
    this.#observer.dispose();
  }

  /** Replaces the history and abandons a running check, which belongs to the old one. */
  #continueWith(history: History): void {
    if (this.#mode === 'disposed') return;
    this.#pending = null;
    this.#observer.dispose();
    this.#observer = createObserver(this.#options, this.#ports);
    this.#history = history;
    this.#retryMs = firstRetryMs;
    this.#publish();
    this.#schedule(0);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer();
    if (this.#mode !== 'watching' || this.#history.stopping) return;
    this.#sleep.expectWithin(delayMs);
    const check = () => void this.check({ live: true });
    this.#cancelTimer = this.#ports.clock.setTimer(check, delayMs);
  }

  #run(): Promise<HealthSnapshot> {
    this.#forgiveSleep();
    const startedAt = this.#ports.clock.monotonic();
    this.#sleep.expectWithin(this.#options.timeoutMs);
    const wanted = {
      identity: this.#history.identity === null,
      complaint: standsStill(this.#history, startedAt),
    };
    const running = this.#observer.observe(wanted).then((seen) => {
      // The check was abandoned: another process or endpoint is watched now.
      if (this.#pending !== running) return this.#snapshot;
      this.#pending = null;
      this.#record(seen);
      this.#sleep.expectWithin(Number.POSITIVE_INFINITY);
      this.#schedule(this.#delayAfter(startedAt));
      return this.#snapshot;
    });
    this.#pending = running;
    return running;
  }

  #record(seen: Observation): void {
    this.#checkedAt = seen.at;
    // A failed check while the machine slept says nothing about the node.
    if (this.#forgiveSleep() && seen.failure !== null) return;
    this.#history = recordObservation(this.#history, seen);
    this.#publish();
    for (const listener of this.#checkListeners) listener(this.#snapshot);
  }

  #forgiveSleep(): boolean {
    const slept = this.#sleep.hasSlept();
    if (slept) this.#history = forgiveSleep(this.#history, this.#ports.clock.monotonic());
    return slept;
  }

  #delayAfter(startedAt: number): number {
    const { intervalMs } = this.#options;
    const { answered, expected } = this.#history;
    const delayMs = answered || expected ? intervalMs : Math.min(this.#retryMs, intervalMs);
    this.#retryMs = Math.min(this.#retryMs * 2, intervalMs);
    return Math.max(0, startedAt + delayMs - this.#ports.clock.monotonic());
  }

  #judge(): { readonly snapshot: HealthSnapshot; readonly restartWanted: boolean } {
    const { clock, restartRefusal, leftBehind } = this.#ports;
    const phase = phaseOf(this.#history, this.#options);
    const verdict = judge(this.#history, this.#options, phase, {
      restartRefusal: restartRefusal(),
      leftBehind: leftBehind(),
    });
    const snapshot = snapshotOf(this.#history, phase, verdict, clock.now());
    return { snapshot, restartWanted: verdict.restartWanted };
  }

  #publish(): void {
    const before = this.#snapshot;
    const { snapshot: after, restartWanted } = this.#judge();
    this.#snapshot = after;
    if (before.status !== after.status || before.phase !== after.phase) {
      for (const listener of this.#changeListeners) listener({ before, after });
      this.#changed.emit('change', { before, after });
    }
    if (!restartWanted) return;
    for (const listener of this.#restartListeners) listener(after.reason);
  }
}

async function* changesIn(events: AsyncIterable<readonly unknown[]>): AsyncGenerator<HealthChange> {
  for await (const [change] of events) yield change as HealthChange;
}
