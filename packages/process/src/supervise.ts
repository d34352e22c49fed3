import { ProcessError } from './errors.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { RestartPolicy } from './lifecycle/restart-policy.ts';
import { initialLifecycle, runOf, type Lifecycle } from './lifecycle/state.ts';
import { transition } from './lifecycle/transition.ts';
import type { NodeCommand } from './node-command.ts';
import { withDefaults, type ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { createRunner } from './runner.ts';
import { snapshotOf, type LifecycleRecord, type LifecycleSnapshot } from './snapshot.ts';

/** What a supervision is given. */
export interface SuperviseOptions {
  /** Folder of the exit records; created 0700. */
  readonly runDirectory: string;
  readonly policy: RestartPolicy;
  /** Opens an O_APPEND descriptor for standard output and error of the node; closed here after the spawn. */
  readonly openLog: () => number;
  /** Writes the record; durable when it returns. When it throws before a spawn, the node is not run. */
  readonly persist: (record: LifecycleRecord) => void;
  /** What an earlier supervisor left. */
  readonly record?: LifecycleRecord | undefined;
  /** The command that belongs to `record`. */
  readonly command?: NodeCommand | undefined;
  /** Hears of trouble that stops nothing, such as a record that could not be written. */
  readonly onError?: ((error: ProcessError) => void) | undefined;
}

/** One change of state, told after it was persisted and its effects were ordered. */
export interface LifecycleChange {
  readonly before: LifecycleSnapshot;
  readonly after: LifecycleSnapshot;
  readonly event: LifecycleEvent;
}

/** How to stop. */
export interface StopOptions {
  /** Grace period in milliseconds; 0 never kills. @default the policy's stopTimeoutMs */
  readonly timeoutMs?: number;
  /** Kill at once. @default false */
  readonly force?: boolean;
  /** Who asked, in words. @default 'the operator' */
  readonly signalSource?: string;
}

/** How to restart. */
export interface RestartOptions {
  readonly cause: 'operator' | 'health';
  readonly reason?: string;
  /** Replaces the command. */
  readonly command?: NodeCommand;
  /** Grace period in milliseconds. @default the policy's stopTimeoutMs */
  readonly timeoutMs?: number;
}

/** One supervised node. */
export interface Supervision {
  readonly snapshot: LifecycleSnapshot;
  /** The operator's start; resolves once the node's program is executed or the spawn failed (see the snapshot). */
  start(command: NodeCommand): Promise<void>;
  /** Resolves when the node is gone; a second call joins, and may shorten the grace period or force. */
  stop(options?: StopOptions): Promise<LifecycleSnapshot>;
  /** A restart for health is refused without readiness, budget or during the cooldown. */
  restart(options: RestartOptions): Promise<'accepted' | 'refused'>;
  /** Readiness of that generation was seen. */
  ready(generation: number): void;
  setPolicy(policy: RestartPolicy): void;
  /** Persists and leaves the node to the next supervisor. */
  detach(): void;
  subscribe(listener: (change: LifecycleChange) => void): () => void;
  /** Lets go of timers and descriptors; the node goes on. */
  dispose(): void;
  /** Pauses or resumes the node's process group; false when there is no verified node. */
  signalGroup(signal: 'SIGSTOP' | 'SIGCONT'): boolean;
}

/**
 * Keeps one node: takes over the one an earlier supervisor left, or waits for {@link Supervision.start}.
 * Resolves after adoption has been decided.
 *
 * @example
 * const node = await supervise({ runDirectory, policy: defaultRestartPolicy, openLog, persist });
 * await node.start({ file: '/bin/sleep', args: ['60'], env: {}, cwd: '/' });
 */
export async function supervise(
  options: SuperviseOptions,
  ports: Partial<ProcessPorts> = {},
): Promise<Supervision> {
  const all = withDefaults(ports);
  let { policy, command } = options;
  let lifecycle: Lifecycle = options.record ?? initialLifecycle;
  let closed = false;
  const queue: LifecycleEvent[] = [];
  const listeners = new Set<(change: LifecycleChange) => void>();
  const waiting = new Set<Waiting>();

  const report = (error: ProcessError): void => options.onError?.(error);
  const runner = createRunner({
    ...options,
    ...all,
    dispatch,
    onExecuted: settle,
    command: () => command,
  });

  /** Events caused by an event wait until it is dealt with: state has one writer. */
  function dispatch(event: LifecycleEvent): void {
    if (closed) return;
    queue.push(event);
    if (queue.length > 1) return;
    for (let next = queue[0]; next !== undefined && !closed; next = queue[0]) {
      apply(next);
      queue.shift();
    }
    settle();
  }

  function apply(event: LifecycleEvent): void {
    const before = lifecycle;
    const result = transition(before, event, policy);
    if (result.lifecycle === before) return;
    lifecycle = result.lifecycle;
    const persisted = persist();
    for (const effect of result.effects) runner.run(effect, persisted);
    const change = { before: snapshotOf(before), after: snapshotOf(lifecycle), event };
    for (const listener of listeners) listener(change);
  }

  function persist(): boolean {
    try {
      options.persist(lifecycle);
      return true;
    } catch (cause) {
      const message = 'the state could not be saved: check the disk';
      report(new ProcessError('PERSIST_FAILED', message, { cause }));
      return false;
    }
  }

  function settle(): void {
    for (const each of waiting) {
      if (!each.done()) continue;
      waiting.delete(each);
      each.resolve();
    }
  }

  function until(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.add({ done, resolve, reject });
      settle();
    });
  }

  function close(): void {
    closed = true;
    runner.dispose();
    for (const each of waiting) {
      each.reject(new ProcessError('DETACHED', 'the supervision ended before the node did'));
    }
    waiting.clear();
  }

  /** Decides what became of the node that the record speaks of. */
  async function recover(): Promise<void> {
    const run = runOf(lifecycle);
    const alive = run !== null && isSameProcess(run.identity, all.platform);
    dispatch({ type: 'recovered', at: all.clock.now(), found: alive ? 'alive' : 'absent' });
    if (run === null || alive) return;
    runner.learnEnd(run, lifecycle.generation);
    await until(() => runOf(lifecycle) !== run);
  }

  if (options.record !== undefined) await recover();

  return {
    get snapshot() {
      return snapshotOf(lifecycle);
    },
    async start(next) {
      command = next;
      const now = lifecycle.state;
      if (now === 'starting' || now === 'running') return;
      dispatch({ type: 'startRequested', at: all.clock.now() });
      await until(() => {
        if (lifecycle.state === 'starting') return runner.executed(lifecycle.generation);
        return lifecycle.state !== 'stopping';
      });
    },
    async stop({ timeoutMs, force, signalSource } = {}) {
      const at = all.clock.now();
      dispatch({ type: 'stopRequested', at, timeoutMs, force, source: signalSource });
      await until(() => lifecycle.state !== 'stopping');
      return snapshotOf(lifecycle);
    },
    restart({ cause, reason, command: next, timeoutMs }) {
      const before = lifecycle;
      if (next !== undefined) command = next;
      dispatch({ type: 'restartRequested', at: all.clock.now(), cause, reason, timeoutMs });
      return Promise.resolve(lifecycle === before ? 'refused' : 'accepted');
    },
    ready(generation) {
      dispatch({ type: 'becameReady', generation });
    },
    setPolicy(next) {
      policy = next;
    },
    detach() {
      persist();
      close();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: close,
    signalGroup(signal) {
      const run = runOf(lifecycle);
      return run !== null && runner.signalGroup(run, signal);
    },
  };
}

interface Waiting {
  readonly done: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: ProcessError) => void;
}
