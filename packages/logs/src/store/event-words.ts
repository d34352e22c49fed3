import type { RotationReport } from './rotate/rotation-report.ts';
import type { StoreEvent } from './store-event.ts';

/** How a store event is told to people. */
export interface EventWords {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

/** Tells what happened to a log, and what to do where that helps. */
export function wordsOf(event: StoreEvent): EventWords {
  switch (event.type) {
    case 'rotation':
      return rotation(event.report);
    case 'recovered':
      return { level: 'info', message: 'an interrupted rotation is complete' };
    case 'compressed':
      return { level: 'debug', message: 'compressed a segment' };
    case 'removed':
      return { level: 'info', message: 'removed the oldest segments of the log' };
    case 'disk-full':
      return { level: 'error', message: 'no room for the log: lines are lost' };
    case 'disk-recovered':
      return { level: 'warn', message: recovered(event.fullMs) };
    case 'truncated-by-other':
      return { level: 'warn', message: cut(event.lostBytes) };
    case 'cannot-pause':
    case 'moved-by-other':
      return { level: 'error', message: event.error.message };
    case 'error':
      return { level: 'warn', message: `the log: ${event.error.message}` };
  }
}

function recovered(fullMs: number): string {
  const seconds = Math.ceil(fullMs / 1000);
  const time = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `there is room for the log again; there was none for ${time}, of which lines may be missing`;
}

const cut = (bytes: number): string =>
  `another program cut the node's log: ${bytes} bytes are lost; leave its rotation to wemixvisor`;

function rotation(report: RotationReport): EventWords {
  if (report.rotated) return { level: 'info', message: 'rotated the log' };
  const { reason, error } = report;
  // What cannot be paused was said once, loudly, and is tried again and again.
  const level = reason === 'empty' || reason === 'cannot-pause' ? 'debug' : 'warn';
  return { level, message: `not rotated: ${error?.message ?? reason}` };
}
