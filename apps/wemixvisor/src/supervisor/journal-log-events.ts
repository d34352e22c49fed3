import { valueTypes } from '@wemixvisor/config-file';
import type { StoreEvent } from '@wemixvisor/logs';
import { messageOf } from '../app-error.ts';
import type { Journal } from './journal.ts';

/** Writes what the store of the node's log tells to the journal. */
export function journalLogEvent(journal: Journal, told: StoreEvent): void {
  const event = `log-${told.type}`;
  switch (told.type) {
    case 'rotation':
      rotation(journal, told.report);
      return;
    case 'recovered':
      journal.info({ event, rotation: told.rotation }, 'an interrupted rotation is complete');
      return;
    case 'compressed':
      journal.debug({ event, segment: told.segment, bytes: told.bytes }, 'compressed a segment');
      return;
    case 'removed':
      journal.info({ event, segments: told.segments }, 'removed the oldest segments of the log');
      return;
    case 'disk-full':
      journal.error({ event, free_bytes: told.freeBytes }, 'no room for the log: lines are lost');
      return;
    case 'disk-recovered':
      recovered(journal, told);
      return;
    case 'truncated-by-other':
      journal.warn({ event, lost_bytes: told.lostBytes }, logTrouble(told) ?? event);
      return;
    case 'cannot-pause':
    case 'moved-by-other':
      journal.error({ event }, logTrouble(told) ?? event);
      return;
    case 'error':
      journal.warn({ event }, `the log: ${messageOf(told.error)}`);
  }
}

/** What an operator is told of a log that needs help; null where it needs none. */
export function logTrouble(told: StoreEvent): string | null {
  if (told.type === 'cannot-pause' || told.type === 'moved-by-other') return told.error.message;
  if (told.type !== 'truncated-by-other') return null;
  return `another program cut the node's log: ${told.lostBytes} bytes are lost; leave its rotation to wemixvisor`;
}

function recovered(journal: Journal, { type, freeBytes, fullMs }: Recovered): void {
  const forTime = valueTypes.duration.format(Math.ceil(fullMs / 1000) * 1000);
  journal.warn(
    { event: `log-${type}`, free_bytes: freeBytes, full_ms: fullMs },
    `there is room for the log again; there was none for ${forTime}, of which lines may be missing`,
  );
}

type Recovered = Extract<StoreEvent, { type: 'disk-recovered' }>;
type RotationReport = Extract<StoreEvent, { type: 'rotation' }>['report'];

function rotation(journal: Journal, report: RotationReport): void {
  if (report.rotated) {
    const { bytes, pauseMs } = report;
    journal.info({ event: 'log-rotated', bytes, pause_ms: pauseMs }, 'rotated the log');
  } else {
    const { reason, error } = report;
    // What cannot be paused was said once, loudly, and is tried again and again.
    const level = reason === 'empty' || reason === 'cannot-pause' ? 'debug' : 'warn';
    journal[level]({ event: 'log-rotation', reason }, `not rotated: ${error?.message ?? reason}`);
  }
}
