const complete = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,3})\d*)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The time a line states in full: RFC 3339 with up to nine decimals, geth's logfmt layout with a zone such as `+0000`,
 * or the milliseconds since 1970 that pino writes. Null for anything else.
 */
export function parseOwnTime(value: unknown): Date | null {
  if (typeof value === 'number') return valid(new Date(value));
  if (typeof value !== 'string') return null;
  const found = complete.exec(value);
  if (found === null) return null;
  const [, date = '', clock = '', decimals = '', zone = ''] = found;
  const withColon = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return valid(new Date(`${date}T${clock}.${decimals.padEnd(3, '0')}${withColon}`));
}

function valid(time: Date): Date | null {
  return Number.isNaN(time.getTime()) ? null : time;
}
