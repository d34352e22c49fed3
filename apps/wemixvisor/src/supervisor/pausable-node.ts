import type { Pausable } from '@wemixvisor/logs';
import type { Supervision } from '@wemixvisor/process';
import type { Book } from './supervisor-state.ts';

/** What a rotation of the node's log pauses; null only where no node runs. */
export function pausableNode(supervision: Supervision, { groupId }: Book): Pausable | null {
  if (supervision.snapshot.pid === null || groupId === null) return null;
  return {
    groupId,
    pause: () => supervision.signalGroup('SIGSTOP'),
    resume: () => void supervision.signalGroup('SIGCONT'),
  };
}
