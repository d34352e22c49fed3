import { exitWords } from './exit-words.ts';
import type { StatusReport } from './status-report.ts';

/** What is so, why, and what comes of it: a line each, null where there is nothing to say. */
export interface Explanation {
  readonly schema: 1;
  readonly state: StatusReport['state'];
  /** Since when, ISO 8601, UTC. */
  readonly since: string | null;
  /** A supervisor watches the node. */
  readonly supervised: boolean;
  /** When its last end was, where that is told of; ISO 8601, UTC. */
  readonly ended_at: string | null;
  readonly cause: string | null;
  /** The line that tells, of the node's log or the kernel's. */
  readonly evidence: string | null;
  /** The last line of the node's log where none tells. */
  readonly last_line: string | null;
  /** What was done about it. */
  readonly done: string | null;
  /** What comes next, and what decides that. */
  readonly next: string;
  /** When, ISO 8601, UTC; null where no time is set. */
  readonly next_at: string | null;
  /** What to do about the cause. */
  readonly remedy: string | null;
  /** What to type, and what that does. */
  readonly commands: readonly { readonly command: string; readonly does: string }[];
}

/** Explains a status; pure. */
export function explain(status: StatusReport): Explanation {
  const { state, pid, supervisor_pid: supervisor, last_exit: exit, health } = status;
  const isDown = pid === null;
  const isWell = health === null || health.status === 'healthy' || health.status === 'unknown';
  // A node that is well again after an end that nobody asked for: that end is what there is to tell.
  const isOfEnd = isDown || (isWell && exit !== null && exit.diagnosis !== null);
  const told = isOfEnd ? exit : null;
  const evidence = told?.diagnosis?.evidence || null;
  return {
    schema: 1,
    state,
    since: (isDown ? exit?.at : status.started_at) ?? null,
    supervised: supervisor !== null,
    ended_at: told?.at ?? null,
    cause: isDown ? (status.reason ?? endOf(exit)) : isWell ? causeOf(status) : health.reason,
    evidence,
    last_line: evidence === null ? (told?.last_line ?? null) : null,
    done: doneOf(status),
    next: nextOf(status),
    next_at: status.next_action?.what === 'check' ? null : (status.next_action?.at ?? null),
    remedy: told?.diagnosis?.remedy ?? null,
    commands: commandsFor(status, isWell),
  };
}

function causeOf({
  stop_phase: phase,
  reason,
  last_exit: exit,
  upgrade,
}: StatusReport): string | null {
  if (upgrade) return upgrade.phase;
  if (phase !== null) return `it is stopping: ${phase.what} since ${phase.since}`;
  const summary = exit?.diagnosis?.summary;
  return reason ?? (summary === undefined ? null : `its last end: ${summary}`);
}

function endOf(exit: StatusReport['last_exit']): string | null {
  return exit === null ? null : `it ended ${exitWords(exit)}`;
}

function doneOf(status: StatusReport): string | null {
  const { crash, health, operator } = status.restarts;
  const parts = [
    crash > 0 ? `${times(crash)} after it ended` : null,
    health > 0 ? `${times(health)} for its health` : null,
    operator > 0 ? `${times(operator)} on request` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? notDone(status) : `restarted ${parts.join(', ')}`;
}

/** Why nothing was done about an end that nobody asked for. */
function notDone({ pid, last_exit: exit, next_action: next }: StatusReport): string | null {
  if (pid !== null || exit?.cause !== 'unasked') return null;
  if (exit.diagnosis?.class === 'never') return 'not restarted: it would end the same way';
  return next === null ? 'not restarted' : 'not restarted yet';
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

function nextOf({
  state,
  pid,
  supervisor_pid: supervisor,
  next_action,
  health,
  desired,
}: StatusReport) {
  if (supervisor === null && pid !== null) return 'nobody restarts the node if it ends';
  if (next_action?.what === 'check') {
    return 'it starts by itself when the cause is gone, checked every 10 s';
  }
  if (next_action?.what === 'restart') return 'it is started again';
  if (next_action?.what === 'kill') return 'it is killed if it has not ended by then';
  switch (state) {
    case 'running':
      return health?.next ?? 'it goes on';
    case 'starting':
      return 'it is running as soon as it answers';
    case 'stopping':
      return 'it has as long as it takes to stop';
    case 'stopped':
      return desired === 'down' ? 'nothing: it was stopped' : 'nothing until you start it';
    case 'upgrading':
      return 'the upgrade goes on by itself';
    case 'crashed':
    case 'error':
      return 'nothing until you start it';
  }
}

function commandsFor(
  { state, pid, supervisor_pid: supervisor, next_action, last_exit: exit }: StatusReport,
  isWell: boolean,
): Explanation['commands'] {
  const command = (words: string, does: string) => ({ command: `wemixvisor ${words}`, does });
  if (supervisor === null && pid !== null) return [command('start', 'watches it again, as it is')];
  if (state === 'upgrading') return [command('upgrade status', 'shows where it stands')];
  if (pid === null) {
    const isKept = exit !== null && exit.cause !== 'asked';
    const report = isKept ? [command('crashes show', 'shows what it said')] : [];
    return next_action === null
      ? [command('doctor', 'checks the last start'), ...report, command('start', 'starts it')]
      : [...report, command('start', 'tries it now'), command('stop', 'gives it up')];
  }
  if (state === 'starting') return [command('logs -f', 'shows what it says')];
  if (state === 'running' && !isWell) {
    return [
      command('health --live', 'asks it now'),
      command('logs --level warn -n 50', 'shows what it warned of'),
    ];
  }
  return [];
}
