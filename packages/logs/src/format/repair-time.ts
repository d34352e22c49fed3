const dayMs = 86_400_000;

/**
 * Adds the year and the zone that geth's terminal format and others leave out: local time, in the latest year in which the moment
 * is not more than a day after `near` (a day, since clocks and time zones differ). The clock is month, day, hour, minute, second,
 * millisecond; null for a date that does not exist.
 */
export function repairTime(clock: readonly number[], near: Date): Date | null {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = clock;
  // Eight years back reach a 29 February even across a century that is no leap year.
  for (let year = near.getFullYear() + 1; year >= near.getFullYear() - 8; year -= 1) {
    const time = new Date(year, month - 1, day, hour, minute, second, milli);
    const exists = time.getMonth() === month - 1 && time.getDate() === day;
    if (exists && hour < 24 && time.getTime() <= near.getTime() + dayMs) return time;
  }
  return null;
}
