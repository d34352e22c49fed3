import { isAtLeast, type Level } from '../../format/level.ts';
import type { LogRecord } from '../record/log-record.ts';
import type { Context } from './context.ts';
import type { RecordTest } from './record-test.ts';

/** Which records are wanted; null or false does not restrict. */
export interface Filter {
  readonly since: Date | null;
  readonly until: Date | null;
  readonly grep: RegExp | null;
  readonly invert: boolean;
  readonly level: Level | null;
  /** Conditions on what a record says. */
  readonly tests: readonly RecordTest[];
  /** Which records near those are wanted too. */
  readonly context: Context | null;
}

/** Whether a record is severe enough. */
export function passesLevel({ level }: Filter, record: LogRecord): boolean {
  return level === null || isAtLeast(record.level, level);
}

/** Whether a record is within the times. A record of unknown time is. */
export function passesTime({ since, until }: Filter, record: LogRecord): boolean {
  const time = record.time;
  return time === null || ((since === null || time >= since) && (until === null || time <= until));
}
