import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';

type SignalPorts = Pick<ProcessPorts, 'platform' | 'signal'>;

/** Signals one process right after verifying its identity; false when it is another one or gone. */
export function signalProcess(
  identity: ProcessIdentity,
  name: NodeJS.Signals,
  { platform, signal }: SignalPorts,
): boolean {
  return isSameProcess(identity, platform) && signal(identity.pid, name);
}

/**
 * Signals the process group of a node that is alive or was a moment ago. While any member lives the kernel reuses the
 * group's number for no other process, so the group is ours unless another process has that number as its pid.
 */
export function signalGroup(
  { identity, recorder }: NodeRun,
  name: NodeJS.Signals,
  { platform, signal }: SignalPorts,
): boolean {
  const ours =
    isSameProcess(identity, platform) ||
    isSameProcess(recorder, platform) ||
    platform.identify(recorder.pid) === undefined;
  return ours && signal(-recorder.pid, name);
}

/** Resumes a node that may be paused (SIGSTOP): an earlier supervisor may have died while it was. */
export function resumeNode(run: NodeRun, ports: SignalPorts): void {
  signalGroup(run, 'SIGCONT', ports);
}

/** Pauses the process group of a node, or resumes what is left of it; false when there is nobody to signal. */
export function signalNodeGroup(
  run: NodeRun | null,
  signal: 'SIGSTOP' | 'SIGCONT',
  ports: SignalPorts,
): boolean {
  if (run === null) return false;
  // A node that died while it was paused leaves a paused recorder, which still has to write how it ended.
  if (signal === 'SIGSTOP' && !isSameProcess(run.identity, ports.platform)) return false;
  return signalGroup(run, signal, ports);
}
