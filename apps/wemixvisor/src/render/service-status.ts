import { redactText } from '@wemixvisor/passthrough';
import { sanitizeTerminal } from '@wemixvisor/logs';
import type { StatusReport } from '../report/status-report.ts';

/** The node's status in one line, for `systemctl status`. */
export interface ServiceStatus {
  /** What is so until the next change. */
  readonly words: string;
  /** Figures that change all the time, with the time at which they were so; null where there are none. */
  readonly figures: string | null;
}

/** The status for a service manager, which shows it to every user: no line of the node's log is in it. Times are UTC, as it may be read hours later. */
export function serviceStatus(status: StatusReport): ServiceStatus {
  const words = redactText(sanitizeTerminal(wordsOf(status)));
  return { words, figures: status.state === 'running' ? figuresOf(status) : null };
}

function wordsOf(status: StatusReport): string {
  const { state, health, next_action: next, stop_phase: phase, started_at: since } = status;
  const reason = status.reason === null ? '' : `: ${status.reason}`;
  switch (state) {
    case 'running':
      if (health === null) return 'running';
      return `running, ${health.status} (${health.status === 'healthy' ? health.phase : health.reason})`;
    case 'starting':
      return `starting since ${moment(since)}: it does not answer yet`;
    case 'stopping':
      return phase === null
        ? `stopping${reason}`
        : `stopping: ${phase.what} since ${moment(phase.since)}`;
    case 'crashed':
      if (next === null) return `down${reason}`;
      return next.what === 'check'
        ? `waiting${reason}; it is started when this has cleared`
        : `down${reason}; it is started again at ${moment(next.at)}`;
    case 'error':
      return `failed${reason}`;
    case 'stopped':
    case 'upgrading':
      return `${state}${reason}`;
  }
}

function figuresOf({ health }: StatusReport): string | null {
  if (health === null || health.head === null) return null;
  const { peers } = health.checks.peer_count;
  const counted = peers === null ? '' : `, ${peers} ${peers === 1 ? 'peer' : 'peers'}`;
  return `head ${health.head.number}${counted} at ${moment(health.timestamp)}`;
}

/** `2026-11-28 12:03:44 UTC`. */
function moment(iso: string | null): string {
  return iso === null ? 'an unknown time' : iso.replace(/T(.{8}).*/, ' $1 UTC');
}
