const booleans = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
]);

/** Reads a boolean as Go does (strconv.ParseBool); undefined for anything else, `yes` and `no` included. */
export const parseGoBoolean = (text: string): boolean | undefined => booleans.get(text);

const integer = /^(?:0|[1-9](?:_?\d)*|0x(?:_?[0-9a-f])+|0o?(?:_?[0-7])+|0b(?:_?[01])+)$/i;

/**
 * Reads an integer as Go does with base 0: a prefix (`0x`, `0o`, `0b`, `0`) and `_` between digits are allowed.
 *
 * @example
 * parseGoInteger('0x10'); // 16n
 */
export function parseGoInteger(text: string): bigint | undefined {
  const digits = text.replace(/^[+-]/, '').toLowerCase();
  // Far beyond 256 bits, and converting grows with the square of the length.
  if (digits.length > 400 || !integer.test(digits)) return undefined;
  const value = BigInt(digits.replaceAll('_', '').replace(/^0(?=\d)/, '0o'));
  return text.startsWith('-') ? -value : value;
}

const units = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const duration = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;

/** Reads a duration as Go does (time.ParseDuration), in milliseconds; a number needs a unit, except `0`. */
export function parseGoDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!duration.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g);
  const total = [...parts].reduce(
    (sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units],
    0,
  );
  return text.startsWith('-') ? -total : total;
}
