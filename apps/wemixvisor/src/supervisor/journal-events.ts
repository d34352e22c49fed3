import type { LifecycleSnapshot, Supervision } from '@wemixvisor/process';
import { exitWords } from '../report/exit-words.ts';
import type { Journal } from './journal.ts';

/** Writes every change of the node's state to the journal. */
export function journalEvents(supervision: Supervision, journal: Journal): () => void {
  return supervision.subscribe(({ before, after, event }) => {
    if (before.lastExit !== after.lastExit && after.lastExit !== null) {
      const { code, signal, forced, asked, uptimeMs: uptime_ms } = after.lastExit;
      const times = {
        exited_at: new Date(after.lastExit.at),
        // The event is written when the new state is on the disk, which takes a moment.
        seen_at: event.type === 'exited' ? new Date(event.seenAt) : null,
      };
      journal[asked && !forced ? 'info' : 'warn'](
        { event: 'node-exited', pid: before.pid, code, signal, forced, asked, uptime_ms, ...times },
        `the node ended ${exitWords(after.lastExit)}`,
      );
    }
    if (before.state !== after.state) {
      const { state, pid, generation, reason, nextAction } = after;
      journal[levels[state]](
        { event: 'state', from: before.state, to: state, pid, generation, next: nextAction },
        reason === null ? `${before.state} → ${state}` : `${before.state} → ${state}: ${reason}`,
      );
    } else {
      journal.debug({ event: event.type }, event.type);
    }
  });
}

const levels = {
  stopped: 'info',
  starting: 'info',
  running: 'info',
  stopping: 'info',
  upgrading: 'info',
  crashed: 'warn',
  error: 'error',
} as const satisfies Record<LifecycleSnapshot['state'], string>;
