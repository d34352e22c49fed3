import type { LifecycleChange, LifecycleSnapshot } from '@wemixvisor/process';
import { exitWords } from '../report/exit-words.ts';
import type { Journal } from './journal.ts';

/** Writes a change of the node's state to the journal. */
export function journalLifecycle(
  journal: Journal,
  { before, after, event }: LifecycleChange,
): void {
  const { lastExit } = after;
  if (before.lastExit !== lastExit && lastExit !== null) {
    const { code, signal, cause, uptimeMs: uptime_ms, lastLine: last_line } = lastExit;
    const { diagnosis } = lastExit;
    const times = {
      exited_at: new Date(lastExit.at),
      // The event is written when the new state is on the disk, which takes a moment.
      seen_at: event.type === 'exited' ? new Date(event.seenAt) : null,
    };
    journal[cause === 'asked' ? 'info' : 'warn'](
      {
        event: 'node-exited',
        pid: before.pid,
        code,
        signal,
        cause,
        uptime_ms,
        last_line,
        diagnosis,
        ...times,
      },
      `the node ended ${exitWords(lastExit)}${diagnosis === undefined ? '' : `: ${diagnosis.summary}`}`,
    );
  }
  if (before.state === after.state && event.type !== 'survivorsFound') {
    journal.debug({ event: event.type }, event.type);
    return;
  }
  const { state, pid, generation, reason, nextAction } = after;
  journal[levels[state]](
    { event: 'state', from: before.state, to: state, pid, generation, next: nextAction },
    reason === null ? `${before.state} → ${state}` : `${before.state} → ${state}: ${reason}`,
  );
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
