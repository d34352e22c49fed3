import type { ClassifyExit } from './classify-exit.ts';
import type { ProcessError } from './errors.ts';
import { completePolicy, type RestartPolicyOptions } from './lifecycle/restart-policy.ts';
import { runOf } from './lifecycle/state.ts';
import { transition } from './lifecycle/transition.ts';
import { withDefaults, type ProcessPorts } from './ports.ts';
import { refuseStrangers } from './refuse-strangers.ts';
import type { LifecycleRecord, LifecycleSnapshot } from './snapshot.ts';
import { supervise, type StopOptions } from './supervise.ts';
import type { StopPhaseOf } from './stop-follower.ts';
import { isNodeAlive } from './survivors.ts';

/** What {@link stopVerifiedNode} needs. */
export interface StopVerifiedNodeOptions extends StopOptions {
  /** Folder of the exit records. */
  readonly runDirectory: string;
  /** As in `supervise()`. @default nobody looks */
  readonly logFile?: string | undefined;
  /** @default the documented defaults, also for each part that is left out */
  readonly policy?: RestartPolicyOptions | undefined;
  /** Saves the record at each change, durable when it returns. */
  readonly persist: (record: LifecycleRecord) => void;
  /** As in `supervise()`. @default none */
  readonly classifyExit?: ClassifyExit | undefined;
  /** As in `supervise()`. @default nobody looks */
  readonly stopPhase?: StopPhaseOf | undefined;
  /** Receives trouble that stops nothing. */
  readonly onError?: ((error: ProcessError) => void) | undefined;
}

/**
 * Stops the recorded node while no supervisor is running: verified, asked once, killed after the grace period.
 * The caller must hold the lock that keeps supervisors away. Resolves when the node is gone, with all that it started.
 *
 * @throws ProcessError NODE_UNKNOWN naming processes that write to the log and are not the node's to signal.
 * @example
 * const { record = initialLifecycle, persist } = jsonFileStore('/srv/node/record.json');
 * await stopVerifiedNode(record, { runDirectory: '/srv/node', persist });
 */
export async function stopVerifiedNode(
  record: LifecycleRecord,
  options: StopVerifiedNodeOptions,
  ports: Partial<ProcessPorts> = {},
): Promise<{ readonly record: LifecycleRecord; readonly snapshot: LifecycleSnapshot }> {
  const { timeoutMs, signalSource: source, signal } = options;
  const policy = completePolicy(options.policy);
  const { runDirectory, logFile, classifyExit, stopPhase, onError } = options;
  const run = runOf(record);
  const all = withDefaults(ports);
  const alive = run !== null && isNodeAlive(run, all.platform);
  // Before anything is written: a node that nobody knows is not stopped by saying so.
  if (!alive && logFile !== undefined) await refuseStrangers(logFile, all);
  // A node that is gone already must not be recorded as killed.
  const force = options.force === true && alive;
  const at = all.clock.now();
  const asked = { type: 'stopRequested', at, timeoutMs, force, source } as const;
  let latest = transition(record, asked, policy).lifecycle;
  const persist = (next: LifecycleRecord): void => {
    latest = next;
    options.persist(next);
  };
  persist(latest);
  const openLog = (): number => {
    throw new Error('a stop spawns nothing');
  };
  const parts = { runDirectory, logFile, policy, persist, openLog, onError };
  const node = await supervise({ ...parts, classifyExit, stopPhase, record: latest }, ports);
  try {
    // Asked again, so that the reason names this caller; a running grace period does not start anew.
    return { snapshot: await node.stop({ signalSource: source, signal }), record: latest };
  } finally {
    node.dispose();
  }
}
