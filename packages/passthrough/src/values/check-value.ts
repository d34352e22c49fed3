import type { FlagKind } from '../registry/flag.ts';
import { parseGoBoolean, parseGoDuration, parseGoInteger } from './go-values.ts';

interface Expectation {
  readonly accepts: (text: string) => boolean;
  readonly expected: string;
}

const int64 = 1n << 63n;
const anything: Expectation = { accepts: () => true, expected: 'any text' };
/** As strconv.ParseFloat reads it, with `_` between digits. */
const float =
  /^[+-]?(?:(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?|0x[\da-f]*\.?[\da-f]*p[+-]?\d+|inf(?:inity)?|nan)$/i;

const expectations: Readonly<Record<FlagKind, Expectation>> = {
  bool: {
    accepts: (text) => parseGoBoolean(text) !== undefined,
    expected: 'true or false after an "="',
  },
  int: {
    accepts: (text) => isWithin(parseGoInteger(text), -int64, int64 - 1n),
    expected: 'a whole number',
  },
  uint64: {
    accepts: (text) => /^\d/.test(text) && isWithin(parseGoInteger(text), 0n, 2n * int64 - 1n),
    expected: 'a whole number, 0 or more',
  },
  bigint: {
    // Empty is 0 (math.ParseBig256 in common/math/big.go).
    accepts: (text) => text === '' || /^(?:[+-]?\d+|0x[\da-f]+)$/i.test(text),
    expected: 'a whole number, decimal or with 0x',
  },
  float: { accepts: (text) => float.test(text), expected: 'a number' },
  duration: {
    accepts: (text) => parseGoDuration(text) !== undefined,
    expected: 'a duration with a unit, as 5s or 1h30m',
  },
  string: anything,
  path: anything,
  list: anything,
  text: anything,
};

/** The kind of value that geth expects, or undefined when it can read this one. */
export function expectedInstead(kind: FlagKind, text: string): string | undefined {
  const { accepts, expected } = expectations[kind];
  return accepts(text) ? undefined : expected;
}

const isWithin = (value: bigint | undefined, min: bigint, max: bigint) =>
  value !== undefined && value >= min && value <= max;
