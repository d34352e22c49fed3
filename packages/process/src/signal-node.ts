import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';

type SignalPorts = Pick<ProcessPorts, 'platform' | 'signal'>;

/** Signals one process right behind a look that it is the one meant; false when it is not. */
export function signalProcess(
  identity: ProcessIdentity,
  name: NodeJS.Signals,
  { platform, signal }: SignalPorts,
): boolean {
  return isSameProcess(identity, platform) && signal(identity.pid, name);
}

/**
 * Signals the process group of a node that is alive or was a moment ago. While any member lives the kernel gives the
 * group's number to nobody else, so it is ours unless a process with another start time now bears it as its pid.
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
