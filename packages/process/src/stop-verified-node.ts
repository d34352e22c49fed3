import type { ClassifyExit } from './classify-exit.ts';
import type { ProcessError } from './errors.ts';
import { completePolicy, type RestartPolicyOptions } from './lifecycle/restart-policy.ts';
import { runOf } from './lifecycle/state.ts';
import { transition } from './lifecycle/transition.ts';
import { withDefaults, type ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import type { LifecycleRecord, LifecycleSnapshot } from './snapshot.ts';
import { supervise, type StopOptions } from './supervise.ts';

/** What {@link stopVerifiedNode} needs. */
export interface StopVerifiedNodeOptions extends StopOptions {
  readonly runDirectory: string;
  /** @default defaultRestartPolicy, also for each part that is left out */
  readonly policy?: RestartPolicyOptions | undefined;
  /** Saves the record at each change, durable when it returns. */
  readonly persist: (record: LifecycleRecord) => void;
  /** As in `supervise()`. @default none */
  readonly classifyExit?: ClassifyExit | undefined;
  /** Receives trouble that stops nothing. */
  readonly onError?: ((error: ProcessError) => void) | undefined;
}

/**
 * Stops the recorded node while no supervisor is running: verified, asked once, killed after the grace period.
 * The caller must hold the lock that keeps supervisors away. Resolves when the node is gone.
 *
 * @example const { snapshot } = await stopVerifiedNode(record, { runDirectory, policy, persist });
 */
export async function stopVerifiedNode(
  record: LifecycleRecord,
  options: StopVerifiedNodeOptions,
  ports: Partial<ProcessPorts> = {},
): Promise<{ readonly record: LifecycleRecord; readonly snapshot: LifecycleSnapshot }> {
  const { timeoutMs, signalSource: source } = options;
  const policy = completePolicy(options.policy);
  const { runDirectory, classifyExit, onError } = options;
  const { clock, platform } = withDefaults(ports);
  const at = clock.now();
  const run = runOf(record);
  // A node that is gone already must not be recorded as killed.
  const force = options.force === true && run !== null && isSameProcess(run.identity, platform);
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
  const parts = { runDirectory, policy, persist, openLog, classifyExit, onError };
  const node = await supervise({ ...parts, record: latest }, ports);
  try {
    // Asked again, so that the reason names this caller; a running grace period does not start anew.
    return { snapshot: await node.stop({ signalSource: source }), record: latest };
  } finally {
    node.dispose();
  }
}
