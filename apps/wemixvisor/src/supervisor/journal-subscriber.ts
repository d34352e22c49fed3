import { describeFork } from '@wemixvisor/forks/describe';
import type { HealthSnapshot } from '@wemixvisor/health';
import { messageOf } from '../app-error.ts';
import { repairWords } from '../report/exit-words.ts';
import { forkKey } from '../report/forks-report.ts';
import { upgradeWords } from '../report/upgrade-words.ts';
import type { SupervisorEvent } from './events.ts';
import type { Journal } from './journal.ts';
import { journalLifecycle } from './journal-lifecycle.ts';
import { journalLogEvent } from './journal-log-events.ts';

/** Writes an event of the supervisor to its journal. */
export function journalEvent(journal: Journal, event: SupervisorEvent): void {
  switch (event.type) {
    case 'started': {
      const { pid, home } = event;
      journal.info({ event: 'supervisor-started', pid, home }, 'supervising');
      return;
    }
    case 'ended':
      journal.info({ event: 'supervisor-ended' }, 'the supervisor has ended');
      return;
    case 'notice':
      journal.warn({ event: 'notice' }, event.text);
      return;
    case 'command': {
      const { command, details } = event;
      journal.info({ event: 'command', command, ...details }, `the operator asked for: ${command}`);
      return;
    }
    case 'lifecycle':
      journalLifecycle(journal, event.change);
      return;
    case 'process-error':
      journal.error({ event: 'process', code: event.error.code }, event.error.message);
      return;
    case 'health':
      journalHealth(journal, event);
      return;
    case 'health-restart':
      journalHealthRestart(journal, event);
      return;
    case 'log':
      journalLogEvent(journal, event);
      return;
    case 'reloaded':
    case 'reload-refused':
      journalReload(journal, event);
      return;
    case 'probes-refused':
      journal.error({ event: 'probes' }, event.problem);
      return;
    case 'upgrade':
      journalUpgrade(journal, event.plan);
      return;
    case 'repaired':
      journal.warn({ event: 'repaired', ...event.repair }, repairWords(event.repair));
      return;
    case 'forks':
      journalForks(journal, event);
      return;
    case 'report-written':
    case 'report-lost':
      journalReport(journal, event);
      return;
    case 'checked':
    case 'alert':
    case 'alert-delivery':
    // What is worth a line of these comes by another event, or is there already.
  }
}

type EventOf<T extends SupervisorEvent['type']> = Extract<SupervisorEvent, { type: T }>;

function journalHealth(journal: Journal, { before, after }: EventOf<'health'>): void {
  if (before.status === after.status) return;
  journal[needsAttention(after.status) ? 'warn' : 'info'](
    { event: 'health', from: before.status, to: after.status, phase: after.phase },
    after.reason,
  );
}

function journalHealthRestart(journal: Journal, event: EventOf<'health-restart'>): void {
  const { outcome, refusal, reason } = event;
  const text = refusal === null ? reason : `${refusal}: ${reason}`;
  journal.warn({ event: 'health-restart', outcome }, text);
}

const needsAttention = (status: HealthSnapshot['status']) =>
  status === 'unhealthy' || status === 'degraded';

function journalUpgrade(journal: Journal, plan: EventOf<'upgrade'>['plan']): void {
  const { step, id, from, to, reason } = plan;
  const facts = { event: 'upgrade', step, id, from: from.version, to: to.version, reason };
  journal[upgradeLevels[step] ?? 'info'](facts, upgradeWords(plan));
}

const upgradeLevels: Partial<Record<EventOf<'upgrade'>['plan']['step'], 'warn' | 'error'>> = {
  'going-back': 'warn',
  'gone-back': 'warn',
  failed: 'error',
  held: 'error',
};

function journalReload(journal: Journal, event: EventOf<'reloaded' | 'reload-refused'>): void {
  if (event.type === 'reloaded') {
    journal.info(
      { event: 'reload', applied: event.applied, at_next_start: event.at_next_start },
      'applied the settings',
    );
  } else {
    journal.error({ event: 'reload' }, `nothing is changed: ${messageOf(event.error)}`);
  }
}

/** A fork is told of when it becomes known, and when it is known no longer. */
function journalForks(journal: Journal, { before, after }: EventOf<'forks'>): void {
  const [keyBefore, keyAfter] = [before, after].map((fork) => fork && forkKey(fork));
  if (keyBefore === keyAfter) return;
  if (after === null)
    journal.info({ event: 'forks' }, 'the node has every hard fork that is known');
  else journal.warn({ event: 'forks', fork: after }, describeFork(after, Date.now()));
}

function journalReport(journal: Journal, event: EventOf<'report-written' | 'report-lost'>): void {
  if (event.type === 'report-written') {
    journal.warn({ event: 'report', file: event.file }, `wrote ${event.file}`);
  } else {
    const text = `a crash report could not be written: ${messageOf(event.error)}`;
    journal.warn({ event: 'report-lost' }, text);
  }
}
