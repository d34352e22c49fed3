import { snakeCase } from '../control/request-codec.ts';
import type { SupervisorEvent } from './events.ts';
import type { Journal } from './journal.ts';

type LogEvent = Extract<SupervisorEvent, { type: 'log' }>;

/** Writes what the store of the node's log tells to the journal. */
export function journalLogEvent(journal: Journal, { event, words }: LogEvent): void {
  const { type, ...facts } = event.type === 'rotation' ? rotation(event.report) : event;
  const told = Object.entries(facts).filter(([name]) => name !== 'error');
  const named = Object.fromEntries(
    told.map(([name, value]) => [snakeCase(name), value as unknown]),
  );
  journal[words.level]({ event: `log-${type}`, ...named }, words.message);
}

type RotationReport = Extract<LogEvent['event'], { type: 'rotation' }>['report'];

function rotation(report: RotationReport) {
  if (!report.rotated) return { type: 'rotation', reason: report.reason };
  const { bytes, pauseMs } = report;
  return { type: 'rotated', bytes, pauseMs };
}

/** What an operator is told of a log that needs help; null where it needs none. */
export function logTrouble({ event, words }: LogEvent): string | null {
  const troubles = ['cannot-pause', 'moved-by-other', 'truncated-by-other'];
  return troubles.includes(event.type) ? words.message : null;
}
