import { parseKeyValues } from './key-values.ts';
import { parseLevel } from './level.ts';
import type { LineContext, ParsedLine } from './parsed-line.ts';

const head =
  /^(TRACE|DEBUG|INFO|WARN|ERROR|CRIT) *\[(\d\d)-(\d\d)\|(\d\d):(\d\d):(\d\d)\.(\d{3})(?:\|[^\]]*)?\] ?/;

/** Reads `INFO [03-04|09:15:02.118] message   key=value` (log/format.go @ v1.17.5); null when it is no such line. */
export function parseTerminal(line: string, context: LineContext): ParsedLine | null {
  const found = head.exec(line);
  if (found === null) return null;
  const [, level = '', ...clock] = found;
  const rest = line.slice(found[0].length);
  const fieldsAt = rest.search(/ +[^\s="]+=/);
  return {
    format: 'terminal',
    time: repairTime(clock.map(Number), context.near),
    level: parseLevel(level),
    message: (fieldsAt < 0 ? rest : rest.slice(0, fieldsAt)).trimEnd(),
    fields: fieldsAt < 0 ? {} : parseKeyValues(rest, fieldsAt),
  };
}

const dayMs = 86_400_000;

/**
 * Adds the year and the zone that geth's terminal format leaves out: local time, in the latest year in which the moment
 * is not more than a day after `near` (a day, since clocks and time zones differ). Null for a date that does not exist.
 */
function repairTime(clock: readonly number[], near: Date): Date | null {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = clock;
  // Eight years back reach a 29 February even across a century that is no leap year.
  for (let year = near.getFullYear() + 1; year >= near.getFullYear() - 8; year -= 1) {
    const time = new Date(year, month - 1, day, hour, minute, second, milli);
    const exists = time.getMonth() === month - 1 && time.getDate() === day;
    if (exists && hour < 24 && time.getTime() <= near.getTime() + dayMs) return time;
  }
  return null;
}
