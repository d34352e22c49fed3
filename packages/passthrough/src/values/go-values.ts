const booleans = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
]);

/** Reads a boolean as Go does (strconv.ParseBool); undefined for anything else, `yes` and `no` included. */
export const parseGoBoolean = (text: string): boolean | undefined => booleans.get(text);

const bases = { b: 2, o: 8, x: 16 } as const;
const digits = /^[0-9a-f]+(?:_[0-9a-f]+)*$/;

/**
 * Reads an integer as Go does with base 0: a prefix (`0x`, `0o`, `0b`, `0`) and `_` between digits are allowed.
 *
 * @example
 * parseGoInteger('0x10'); // 16n
 */
export function parseGoInteger(text: string): bigint | undefined {
  const [, sign, body] = /^([+-]?)([0-9a-z_]+)$/i.exec(text) ?? [];
  // Far beyond 256 bits, and converting grows with the square of the length.
  if (body === undefined || body.length > 400) return undefined;
  const [, letter, prefixed] = /^0([box])_?(.+)$/.exec(body.toLowerCase()) ?? [];
  const octal = /^0_?(.+)$/.exec(body.toLowerCase())?.[1];
  const base =
    letter === undefined ? (octal === undefined ? 10 : 8) : bases[letter as 'b' | 'o' | 'x'];
  const number = prefixed ?? octal ?? body.toLowerCase();
  if (!digits.test(number)) return undefined;
  const plain = number.replaceAll('_', '');
  if (![...plain].every((digit) => Number.parseInt(digit, 16) < base)) return undefined;
  const prefix = base === 16 ? '0x' : base === 8 ? '0o' : base === 2 ? '0b' : '';
  const value = BigInt(prefix + plain);
  return sign === '-' ? -value : value;
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
