import type { ClassifyExit, HoldOver, LogMark } from './classify-exit.ts';
import { ProcessError } from './errors.ts';
import {
  createLifecycleStore,
  type LifecycleChange,
  type LifecycleStore,
} from './lifecycle-store.ts';
import {
  completePolicy,
  nextHealthRestartAt,
  type RestartPolicy,
  type RestartPolicyOptions,
} from './lifecycle/restart-policy.ts';
import { runOf, type Lifecycle, type PlannedUpgrade } from './lifecycle/state.ts';
import { withoutUnset, type GivenCommand, type NodeCommand } from './node-command.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import { withDefaults, type ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { refuseStrangers } from './refuse-strangers.ts';
import { createRunner, type Runner } from './runner.ts';
import { signalNodeGroup } from './signal-node.ts';
import { snapshotOf, type LifecycleRecord, type LifecycleSnapshot } from './snapshot.ts';
import type { StopPhaseOf } from './stop-follower.ts';
import { isNodeAlive } from './survivors.ts';
import { waitsOf, type WaitOptions, type Waits } from './waits.ts';

/** Options of {@link supervise}. */
export interface SuperviseOptions {
  /** Folder of the exit records; created 0700. */
  readonly runDirectory: string;
  /** @default the documented defaults, also for each part that is left out */
  readonly policy?: RestartPolicyOptions | undefined;
  /** Opens an O_APPEND descriptor for standard output and error of the node; closed here after the spawn. */
  readonly openLog: () => number;
  /**
   * The file behind `openLog`. Where the record tells of no living process but one writes to this file, that is a node
   * which the record does not know, and nothing is supervised. One that writes to it after the node's end has left the
   * node's session, which is an error. @default nobody looks
   */
  readonly logFile?: string | undefined;
  /** Saves the record; durable when it returns. When it throws before a spawn, the node is not run. */
  readonly persist: (record: LifecycleRecord) => void;
  /** What an earlier supervisor saved. */
  readonly record?: LifecycleRecord | undefined;
  /**
   * Inspects the end of a process that ran, before the lifecycle decides what follows; its findings are saved with the
   * exit. Bounded by 500 ms: when it is late or rejects, the findings are empty. @default none, and no wait
   */
  readonly classifyExit?: ClassifyExit | undefined;
  /**
   * Says where the log ends, at each spawn and before the node writes; kept with the node and given to `classifyExit`, which can so read
   * what this process wrote and nothing else. @default it is not known
   */
  readonly logMark?: LogMark | undefined;
  /**
   * Finds out whether what the diagnosis of an exit names has cleared, 10 s after the end and every 10 s from then on; a look that
   * fails is reported as HOLD_CHECK_FAILED and counts as "not yet". @default nobody looks, and the first look clears it
   */
  readonly holdOver?: HoldOver | undefined;
  /**
   * Looks each second what a node does that received its SIGTERM: shown with the state, and what is writing its state when the grace period is
   * over gets more time. @default nobody looks, and no grace period is extended
   */
  readonly stopPhase?: StopPhaseOf | undefined;
  /** Hears of every change from the first on, also of those that taking over an earlier record brings. */
  readonly onChange?: ((change: LifecycleChange) => void) | undefined;
  /** Receives errors that stop nothing, such as a record that could not be saved. */
  readonly onError?: ((error: ProcessError) => void) | undefined;
}

/** How to stop. Giving up the wait leaves the node to its grace period: it is no longer waited for, and it still has to end. */
export interface StopOptions extends WaitOptions {
  /** Grace period in milliseconds; 0 never kills. @default the policy's stopTimeoutMs */
  readonly timeoutMs?: number;
  /** Kill at once. @default false */
  readonly force?: boolean;
  /** Who asked, for the reason. @default 'the operator' */
  readonly signalSource?: string | undefined;
}

/** How to restart. */
interface RestartOptions {
  /** Who wants it; one for health has a budget and a cooldown. */
  readonly cause: 'operator' | 'health';
  /** Why, for people. @default the cause in words */
  readonly reason?: string;
  /** Replaces the command from the next spawn on. @default the present command */
  readonly command?: GivenCommand;
  /** Grace period in milliseconds. @default the policy's stopTimeoutMs */
  readonly timeoutMs?: number;
}

/** How whoever drives an upgrade moves the lifecycle. A plan and the change of state that it brings are saved as one. */
interface UpgradeOrders {
  /** Saves where the upgrade stands; nothing else changes. */
  plan(upgrade: PlannedUpgrade): void;
  /** Stops the node, where it is up; then the state is `upgrading` until {@link UpgradeOrders.finish}. */
  begin(upgrade: PlannedUpgrade): void;
  /** Ends the state `upgrading`: the command is started where the node is wanted up. Ignored in any other state. */
  finish(upgrade: PlannedUpgrade, command: NodeCommand | null): void;
}

/** One supervised node. After `detach()` and `dispose()` whatever waits, and whatever is asked for, rejects with ProcessError `DETACHED`. */
export interface Supervision extends Waits, AsyncDisposable {
  /** What is true now. */
  readonly snapshot: LifecycleSnapshot;
  /**
   * The operator's start; resolves once the node's program is executed or the spawn failed (see the snapshot).
   * While a node is up it changes nothing; only a command that the record lost is learned from it.
   */
  start(command: GivenCommand, options?: WaitOptions): Promise<void>;
  /**
   * Resolves when the node is gone, with all that it started; a second call joins, and may shorten the grace period or force.
   *
   * @throws ProcessError `NODE_UNKNOWN` naming processes that left the node's session and live: they are not signalled.
   */
  stop(options?: StopOptions): Promise<LifecycleSnapshot>;
  /** A restart for health is refused before readiness, without budget and during the cooldown. */
  restart(options: RestartOptions): Promise<'accepted' | 'refused'>;
  /** The exchange of the node's program. What is planned is saved with the lifecycle; each call replaces it whole. */
  readonly upgrade: UpgradeOrders;
  /** Epoch milliseconds from which on budget and cooldown allow a restart for health; Infinity when they never do. */
  readonly nextHealthRestartAt: number;
  /** The node of that generation answers; it is `running` as soon as a SIGTERM would not cut its start short. */
  ready(generation: number): void;
  /**
   * Replaces the whole policy from the next decision on; what is left out has its default.
   *
   * @throws ProcessError `POLICY_INVALID` naming the field.
   */
  setPolicy(policy: RestartPolicyOptions): void;
  /** Saves the record and leaves the node to the next supervisor. */
  detach(): void;
  /** Calls back after each change; returns a function that ends it. */
  subscribe(listener: (change: LifecycleChange) => void): () => void;
  /** Releases timers and descriptors; the node goes on. `await using` does the same. */
  dispose(): void;
  /** Pauses the process group of a verified node, or resumes what is left of it; false when nobody received the signal. */
  signalGroup(signal: 'SIGSTOP' | 'SIGCONT'): boolean;
}

/**
 * Supervises one node: adopts the one in the record, or waits for {@link Supervision.start}.
 * Resolves when adoption has been decided; where the node is gone, that includes the classification of its end.
 *
 * @throws ProcessError NODE_UNKNOWN where a process writes to the `logFile` that no record knows.
 * @example
 * import { openSync } from 'node:fs';
 *
 * const openLog = () => openSync('/srv/node/node.log', 'a', 0o600);
 * const node = await supervise({ ...jsonFileStore('/srv/node/record.json'), runDirectory: '/srv/node', openLog });
 * await node.start({ file: '/bin/sleep', args: ['60'], env: process.env, cwd: '/' });
 */
export async function supervise(
  options: SuperviseOptions,
  ports: Partial<ProcessPorts> = {},
): Promise<Supervision> {
  const all = withDefaults(ports);
  const report = (error: ProcessError): void => options.onError?.(error);
  let policy = completePolicy(options.policy);

  const recorded = options.record === undefined ? null : runOf(options.record);
  const alive = recorded !== null && isNodeAlive(recorded, all.platform);
  if (!alive && options.logFile !== undefined) await refuseStrangers(options.logFile, all);

  const store = createLifecycleStore({
    record: options.record,
    policy: () => policy,
    now: () => all.clock.now(),
    persist: options.persist,
    run: (effect, persisted) => runner.run(effect, persisted),
    report,
  });
  const { runDirectory, openLog, logFile, classifyExit, logMark, holdOver, stopPhase } = options;
  const { dispatch, settle } = store;
  const runner = createRunner(
    {
      ...{ runDirectory, openLog, logFile, classifyExit, logMark, holdOver, stopPhase },
      ...{ report, dispatch, onExecuted: settle },
    },
    all,
  );
  if (options.onChange !== undefined) store.subscribe(options.onChange);
  await recover({ store, runner }, all);

  return supervisionOf({ store, runner }, all, {
    get: () => policy,
    set: (next) => void (policy = completePolicy(next)),
  });
}

/** The methods of a supervision, over the store that holds its state and the runner of its effects. */
function supervisionOf(
  { store, runner }: { readonly store: LifecycleStore; readonly runner: Runner },
  ports: ProcessPorts,
  policy: { readonly get: () => RestartPolicy; readonly set: (next: RestartPolicyOptions) => void },
): Supervision {
  const now = (): number => ports.clock.now();
  const { end, ...waits } = waitsOf(store);
  const dispose = (): void => {
    store.close();
    runner.dispose();
    end();
  };
  return {
    get snapshot() {
      return snapshotOf(store.lifecycle);
    },
    ...requestsOf({ store, runner }, now),
    upgrade: {
      plan: (upgrade) => store.dispatch({ type: 'upgradePlanned', upgrade }),
      begin: (upgrade) => store.dispatch({ type: 'upgradeRequested', at: now(), upgrade }),
      finish: (upgrade, command) =>
        store.dispatch({ type: 'upgradeFinished', at: now(), command, upgrade }),
    },
    get nextHealthRestartAt() {
      return nextHealthRestartAt(store.lifecycle.healthRestarts, now(), policy.get());
    },
    ready(generation) {
      const run = runOf(store.lifecycle);
      const becameReady = (): void => store.dispatch({ type: 'becameReady', generation });
      if (run === null) becameReady();
      else runner.whenItTakesSignals(run, becameReady);
    },
    setPolicy(next) {
      policy.set(next);
    },
    detach() {
      store.persist();
      dispose();
    },
    subscribe: store.subscribe,
    ...waits,
    dispose,
    async [Symbol.asyncDispose]() {
      dispose();
      await Promise.resolve();
    },
    signalGroup: (signal) => signalNodeGroup(runOf(store.lifecycle), signal, ports),
  };
}

/** What an operator asks for. */
function requestsOf(
  { store, runner }: { readonly store: LifecycleStore; readonly runner: Runner },
  now: () => number,
): Pick<Supervision, 'start' | 'stop' | 'restart'> {
  const { dispatch, until } = store;
  const refuseStrays = (): void => {
    const why = runner.whyNotGone();
    if (why !== undefined) throw new ProcessError('NODE_UNKNOWN', why);
  };
  return {
    async start(command, { signal } = {}) {
      dispatch({ type: 'startRequested', at: now(), command: withoutUnset(command) });
      await until(() => {
        const { state, generation } = store.lifecycle;
        return state === 'starting' ? runner.executed(generation) : state !== 'stopping';
      }, signal);
    },
    async stop({ timeoutMs, force, signalSource: source, signal } = {}) {
      refuseStrays();
      dispatch({ type: 'stopRequested', at: now(), timeoutMs, force, source });
      await until(() => store.lifecycle.state !== 'stopping', signal);
      refuseStrays();
      return snapshotOf(store.lifecycle);
    },
    async restart({ command: given, ...how }) {
      const before = store.lifecycle;
      const command = given && withoutUnset(given);
      dispatch({ type: 'restartRequested', at: now(), ...how, command });
      const answer = store.lifecycle === before ? 'refused' : 'accepted';
      await until(() => true);
      return answer;
    },
  };
}

/** Finds out what became of the node in the record, if there is one. */
async function recover(
  { store, runner }: { readonly store: LifecycleStore; readonly runner: Runner },
  { clock, platform }: ProcessPorts,
): Promise<void> {
  const run = runOf(store.lifecycle);
  const alive = run !== null && isSameProcess(run.identity, platform);
  store.dispatch({ type: 'recovered', at: clock.now(), found: alive ? 'alive' : 'absent' });
  if (run === null || alive) return;
  const before = survivorsIn(store.lifecycle);
  runner.learnEnd(run, store.lifecycle.generation, before);
  // The end of a node of which somebody lives on is waited for by whoever has to.
  await store.until(
    () => runOf(store.lifecycle) !== run || survivorsIn(store.lifecycle) !== before,
  );
}

const nobody: readonly ProcessIdentity[] = [];
const survivorsIn = (lifecycle: Lifecycle): readonly ProcessIdentity[] =>
  (lifecycle.state === 'stopping' ? lifecycle.survivors : undefined) ?? nobody;
