import { isAtLeast, type Level } from '../format/level.ts';
import type { LogRecord } from './log-record.ts';

/** Which records are wanted; what is null or false does not narrow. */
export interface Filter {
  readonly since: Date | null;
  readonly until: Date | null;
  readonly grep: RegExp | null;
  readonly invert: boolean;
  readonly level: Level | null;
}

/** Whether a record passes all of a filter. A record whose time is not known passes the times. */
export function passes(filter: Filter, record: LogRecord): boolean {
  return (
    (filter.grep === null || matches(filter.grep, record.bytes) !== filter.invert) &&
    (filter.level === null || isAtLeast(record.level, filter.level)) &&
    isWithin(filter, record)
  );
}

function matches(pattern: RegExp, bytes: Uint8Array): boolean {
  return pattern.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
}

function isWithin({ since, until }: Filter, record: LogRecord): boolean {
  if (since === null && until === null) return true;
  const time = record.time;
  return time === null || ((since === null || time >= since) && (until === null || time <= until));
}

/** Whether a filter lets everything through. */
export function isOpen({ since, until, grep, level }: Filter): boolean {
  return since === null && until === null && grep === null && level === null;
}
