/** What a value measures. */
export type MeasureKind = 'number' | 'duration' | 'size';

/** A value with what it measures: a duration in milliseconds, a size in bytes. */
export interface Measure {
  kind: MeasureKind;
  value: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Go's durations and geth's ages, whose months have 30 days and years 12 months (common/format.go @ v1.17.5); `µ` is two bytes. */
const durations = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['\u00c2\u00b5s', 1e-3],
  ['\u00ce\u00bcs', 1e-3],
  ['ms', 1],
  ['s', second],
  ['m', minute],
  ['h', hour],
  ['d', day],
  ['w', 7 * day],
  ['mo', 30 * day],
  ['y', 360 * day],
]);

const sizes = new Map(
  ['', 'K', 'M', 'G', 'T', 'P'].flatMap((prefix, power): [string, number][] => [
    [prefix === '' ? 'B' : `${prefix}iB`, 1024 ** power],
    [`${prefix}B`, 1000 ** power],
    [`${prefix.toLowerCase()}B`, 1000 ** power],
  ]),
);

const zero = 0x30;
const nine = 0x39;
const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= zero && byte <= nine;

/** Where the reading is and what it read last; one object, since millions of values are read. */
const reading = { at: 0, value: 0 };

/**
 * Reads a number as geth writes it (`24,583,127`, `21.482`), a duration (`214.862ms`, `1h4m`) or a size (`3.61GiB`, `12.34 MiB`) in all of the bytes;
 * false for anything else, and `into` is undefined then.
 */
export function readMeasure(bytes: Buffer, from: number, to: number, into: Measure): boolean {
  const isNegative = bytes[from] === 0x2d;
  reading.at = isNegative ? from + 1 : from;
  if (!readNumber(bytes, to)) return false;
  const sign = isNegative ? -1 : 1;
  if (reading.at === to) {
    into.kind = 'number';
    into.value = sign * reading.value;
    return true;
  }
  const first = reading.value;
  const hasBlank = bytes[reading.at] === 0x20;
  if (hasBlank) reading.at += 1;
  const unit = readUnit(bytes, to);
  if (unit === milliseconds && !hasBlank && reading.at === to) {
    into.kind = 'duration';
    into.value = sign * first;
    return true;
  }
  const size = reading.at === to ? sizes.get(unit) : undefined;
  if (size !== undefined) {
    into.kind = 'size';
    into.value = sign * first * size;
    return true;
  }
  if (hasBlank) return false;
  let length = durations.get(unit);
  if (length === undefined) return false;
  let total = first * length;
  while (reading.at < to) {
    if (!readNumber(bytes, to)) return false;
    const { value } = reading;
    length = durations.get(readUnit(bytes, to));
    if (length === undefined) return false;
    total += value * length;
  }
  into.kind = 'duration';
  into.value = sign * total;
  return true;
}

/** {@link readMeasure} for a text; null where it measures nothing. */
export function measureOf(text: string): Measure | null {
  const bytes = Buffer.from(text);
  const measure: Measure = { kind: 'number', value: 0 };
  return readMeasure(bytes, 0, bytes.length, measure) ? measure : null;
}

/** Reads digits, with or without a comma before each three of them, decimals and an exponent. */
function readNumber(bytes: Buffer, to: number): boolean {
  let { at } = reading;
  let value = 0;
  let digits = 0;
  let group = -1;
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isDigit(byte)) {
      value = value * 10 + byte - zero;
      digits += 1;
      if (group >= 0) group += 1;
    } else if (byte === 0x2c) {
      if (group < 0 ? digits < 1 || digits > 3 : group !== 3) return false;
      group = 0;
    } else break;
  }
  if (digits === 0 || (group >= 0 && group !== 3)) return false;
  if (bytes[at] === 0x2e && at + 1 < to && isDigit(bytes[at + 1])) {
    let scale = 1;
    for (at += 1; at < to && isDigit(bytes[at]); at += 1) {
      value = value * 10 + (bytes[at] ?? 0) - zero;
      scale *= 10;
    }
    value /= scale;
  }
  reading.at = at;
  reading.value = value * readExponent(bytes, to);
  return true;
}

/** The power of ten that an exponent stands for; 1 where there is none. */
function readExponent(bytes: Buffer, to: number): number {
  const { at } = reading;
  if (bytes[at] !== 0x65 && bytes[at] !== 0x45) return 1;
  const [, exponent] = /^[eE]([+-]?\d{1,3})$/.exec(bytes.toString('latin1', at, to)) ?? [];
  if (exponent === undefined) return 1;
  reading.at = to;
  return 10 ** Number(exponent);
}

/** The commonest unit, of which no string has to be made. */
const milliseconds = 'ms';

function readUnit(bytes: Buffer, to: number): string {
  const { at } = reading;
  if (at + 2 === to && bytes[at] === 0x6d && bytes[at + 1] === 0x73) {
    reading.at = to;
    return milliseconds;
  }
  let end = at;
  for (; end < to; end += 1) {
    const byte = bytes[end] ?? 0;
    const letter = byte | 0x20;
    if (byte < 0x80 && (letter < 0x61 || letter > 0x7a)) break;
  }
  reading.at = end;
  return bytes.toString('latin1', at, end);
}
