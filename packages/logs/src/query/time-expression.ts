import { LogsError } from '../errors.ts';

const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|milliseconds?)$/, 1],
  [/^(?:s|secs?|seconds?)$/, 1000],
  [/^(?:m|mins?|minutes?)$/, 60_000],
  [/^(?:h|hrs?|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
  [/^(?:w|weeks?)$/, 604_800_000],
];
const part = /(\d+(?:\.\d+)?)\s*([a-z]+)\s*/y;
const calendar =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;
const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/;

/** The forms {@link parseTimeExpression} accepts, for messages and help. */
const timeForms =
  '2026-03-04T09:15:02Z, "2026-03-04 09:15[:02]", 2026-03-04, 09:15[:02], today, yesterday, now, 10m, 1h30m, "2h ago", @1772615702';

/**
 * Reads what an operator types for a moment: RFC 3339, `YYYY-MM-DD[ HH:MM[:SS]]` with or without a zone (local if none),
 * `HH:MM[:SS]` of the current day, `today`, `yesterday` and `tomorrow` (midnight), `now`, a time before now (`10m`, `-10m`,
 * `1h30m`, `2h ago`, `10 min ago`), a time after it (`+5m`), and `@seconds` since 1970.
 *
 * @throws LogsError `BAD_TIME`, naming the accepted forms
 * @example parseTimeExpression('10m', new Date());
 */
export function parseTimeExpression(text: string, now: Date): Date {
  const typed = text.trim();
  const time =
    namedTime(typed.toLowerCase(), now) ??
    epochTime(typed) ??
    calendarTime(typed) ??
    clockTime(typed, now) ??
    relativeTime(typed, now);
  if (time === null || Number.isNaN(time.getTime())) {
    throw new LogsError('BAD_TIME', `"${text}" is no time: write it like ${timeForms}`);
  }
  return time;
}

function namedTime(word: string, now: Date): Date | null {
  const days = { yesterday: -1, today: 0, tomorrow: 1 }[word];
  if (word === 'now') return new Date(now);
  // By the calendar, not by 24 hours: a day is 23 or 25 hours long when the clocks change.
  return days === undefined
    ? null
    : new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

function epochTime(text: string): Date | null {
  return /^@-?\d+(\.\d+)?$/.test(text) ? new Date(Math.round(Number(text.slice(1)) * 1000)) : null;
}

function calendarTime(text: string): Date | null {
  const found = calendar.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', decimals = '', zone] = found;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const utc = utcTime(parts, milliseconds(decimals));
  if (utc === null) return null;
  if (zone === undefined) return localTime(parts, milliseconds(decimals));
  return new Date(utc.getTime() - zoneMinutes(zone) * 60_000);
}

function clockTime(text: string, now: Date): Date | null {
  const found = clock.exec(text);
  if (found === null) return null;
  const [, hour = '', minute = '', second = '0', decimals = ''] = found;
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const parts = [...today, Number(hour), Number(minute), Number(second)];
  return utcTime(parts, 0) && localTime(parts, milliseconds(decimals));
}

function relativeTime(text: string, now: Date): Date | null {
  const found = /^([+-]?)\s*(.+?)(\s+ago)?$/i.exec(text);
  const length = spanMs(found?.[2]?.toLowerCase() ?? '');
  if (found === null || length === null || (found[1] !== '' && found[3] !== undefined)) return null;
  return new Date(now.getTime() + (found[1] === '+' ? length : -length));
}

function spanMs(text: string): number | null {
  let total = 0;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const [, amount, name = ''] = part.exec(text) ?? [];
    const length = units.find(([names]) => names.test(name))?.[1];
    if (amount === undefined || length === undefined) return null;
    total += Number(amount) * length;
  }
  return text === '' ? null : Math.round(total);
}

/** The moment read as UTC, or null where a part is out of its range (month 13, 30 February, 24:00). */
function utcTime(parts: readonly number[], milli: number): Date | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milli));
  const same =
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second;
  return same ? time : null;
}

function localTime(parts: readonly number[], milli: number): Date {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return new Date(year, month - 1, day, hour, minute, second, milli);
}

function milliseconds(decimals: string): number {
  return Number(decimals.slice(0, 3).padEnd(3, '0'));
}

function zoneMinutes(zone: string): number {
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (found === null) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}
