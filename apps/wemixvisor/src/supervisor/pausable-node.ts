import type { Pausable } from '@wemixvisor/logs';
import type { Supervision } from '@wemixvisor/process';

/** What a rotation of the node's log pauses; null only where no node runs. */
export function pausableNode(supervision: Supervision): Pausable | null {
  const { groupId } = supervision.snapshot;
  if (groupId === null) return null;
  return {
    groupId,
    pause: () => supervision.signalGroup('SIGSTOP'),
    resume: () => void supervision.signalGroup('SIGCONT'),
  };
}
