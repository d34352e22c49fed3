import type { RestartPolicy } from './lifecycle/restart-policy.ts';
import { transition } from './lifecycle/transition.ts';
import { withDefaults, type ProcessPorts } from './ports.ts';
import type { LifecycleRecord, LifecycleSnapshot } from './snapshot.ts';
import { supervise, type StopOptions } from './supervise.ts';

/** What {@link stopVerifiedNode} needs. */
export interface StopVerifiedNodeOptions extends StopOptions {
  readonly runDirectory: string;
  readonly policy: RestartPolicy;
  /** Called at each change with what the next supervisor must know. */
  readonly persist: (record: LifecycleRecord) => void;
}

/**
 * Stops the recorded node while no supervisor is up: verified, asked once, killed after the grace period.
 * The caller must hold the lock that keeps supervisors away. Resolves when the node is gone.
 *
 * @example const { snapshot } = await stopVerifiedNode(record, { runDirectory, policy, persist });
 */
export async function stopVerifiedNode(
  record: LifecycleRecord,
  options: StopVerifiedNodeOptions,
  ports: Partial<ProcessPorts> = {},
): Promise<{ readonly record: LifecycleRecord; readonly snapshot: LifecycleSnapshot }> {
  const { timeoutMs, force, signalSource: source, runDirectory, policy } = options;
  const at = withDefaults(ports).clock.now();
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
  const node = await supervise({ runDirectory, policy, persist, openLog, record: latest }, ports);
  try {
    // Named again, for who asks last is who stopped it; a grace period that runs is not begun anew.
    const again = source === undefined ? {} : { signalSource: source };
    return { snapshot: await node.stop(again), record: latest };
  } finally {
    node.dispose();
  }
}
