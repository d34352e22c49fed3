import { durationForms, parseMilliseconds, writeDuration } from './duration.ts';
import { parseBytes, sizeForms, writeSize } from './size.ts';
import { listOf, textThat, type ValueType, type WrittenType } from './value-type.ts';

export { address, headers, rpcEndpoint, webUrl } from './network-value-types.ts';
export { tableList } from './table-list.ts';
export { toTomlValue } from './toml-value.ts';

/**
 * A span of time, kept in milliseconds. A number without a unit is refused, in the file too: cosmovisor takes one for
 * milliseconds, an operator may mean seconds, and a grace period of 300 ms would damage the node.
 */
export const duration: WrittenType<number> = {
  parse: (value) => (typeof value === 'string' ? parseMilliseconds(value) : zero(value)),
  placeholder: 'DURATION',
  expected: `a duration like ${durationForms}`,
  format: writeDuration,
};

const zero = (value: unknown) => (value === 0 ? 0 : undefined);

/** A span of time that cannot be nothing: an interval or a limit of a check, from 10 ms to the longest timer (24 days). */
export const period: WrittenType<number> = {
  parse(value) {
    const milliseconds = typeof value === 'string' ? parseMilliseconds(value) : undefined;
    return within(milliseconds, 10, 2 ** 31 - 1);
  },
  placeholder: 'DURATION',
  expected: 'a duration from 10ms up, like 30s or 5m',
  format: writeDuration,
};

/** A number of bytes, `from` the smallest that makes sense. */
export function size(from: number = 0): WrittenType<number> {
  return {
    parse: (value) => within(typeof value === 'string' ? parseBytes(value) : value, from),
    placeholder: 'SIZE',
    expected: `a size ${from === 0 ? '' : `from ${writeSize(from)}, `}like ${sizeForms}`,
    format: writeSize,
  };
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): ValueType<number> {
  const upTo = max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`;
  return {
    parse: (value) => within(isDigits(value) ? Number(value) : value, min, max),
    placeholder: 'N',
    expected: `a whole number from ${min}${upTo}`,
  };
}

const isDigits = (value: unknown) => typeof value === 'string' && /^\d{1,15}$/.test(value);

function within(value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): number | undefined {
  const isNumber = typeof value === 'number' && Number.isSafeInteger(value);
  return isNumber && value >= min && value <= max ? value : undefined;
}

/** A share, from 0 to 1. */
export const share: ValueType<number> = {
  parse(value) {
    const isText = typeof value === 'string' && /^(0(\.\d+)?|1(\.0+)?)$/.test(value);
    const number = isText ? Number(value) : value;
    return typeof number === 'number' && number >= 0 && number <= 1 ? number : undefined;
  },
  placeholder: 'SHARE',
  expected: 'a share from 0 to 1, like 0.2',
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/** Yes or no. */
export const flag: ValueType<boolean> = {
  parse(value) {
    if (typeof value === 'boolean') return value;
    return typeof value === 'string' ? booleans.get(value.toLowerCase()) : undefined;
  },
  placeholder: 'BOOL',
  expected: 'true or false',
};

/** On, off, or only say what would be done. */
export const onOffOrDryRun: ValueType<'on' | 'off' | 'dry-run'> = {
  parse(value) {
    if (value === 'dry-run') return value;
    const on = typeof value === 'string' ? flag.parse(value) : undefined;
    if (on === undefined) return undefined;
    return on ? 'on' : 'off';
  },
  placeholder: 'on|off|dry-run',
  expected: 'on, off or dry-run',
};

/** A path, or the name of a program on PATH. */
export const path: ValueType<string> = {
  parse: textThat((text) => text !== ''),
  placeholder: 'FILE',
  expected: 'a path',
};

/** A path from the root: a daemon does not run where its operator stands. */
export const absolutePath: ValueType<string> = {
  parse: textThat((text) => text.startsWith('/') && !text.includes('\0')),
  placeholder: 'FILE',
  expected: 'an absolute path',
};

/** A program by its absolute path, with its arguments; a text is the program alone. Empty where it is not set. */
export const command: ValueType<readonly string[]> = {
  parse(value) {
    const words = argumentsOf(value);
    return words?.[0]?.startsWith('/') === false ? undefined : words;
  },
  placeholder: 'PROGRAM',
  expected: "a program's absolute path, or in the file a list of it and its arguments",
};

/** A NUL byte ends an argument (execve(2)). */
const argumentsOf = listOf(
  (word): word is string => typeof word === 'string' && !word.includes('\0'),
  (text) => [text],
);

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): ValueType<T> {
  return {
    parse: (value) => words.find((word) => word === value),
    placeholder: words.join('|'),
    expected: `one of ${words.join(', ')}`,
    example: words[0],
  };
}

/** Any of a few words; a text is a list with commas. */
export function someOf<const T extends string>(...words: readonly T[]): ValueType<readonly T[]> {
  return {
    parse: listOf(
      (word): word is T => words.includes(word as T),
      (text) => text.split(',').map((word) => word.trim()),
    ),
    placeholder: 'WORD,…',
    expected: `some of ${words.join(', ')}`,
  };
}

/** A text of this form. */
export function textOf(form: RegExp, expected: string): ValueType<string> {
  return { parse: textThat((text) => form.test(text)), placeholder: 'TEXT', expected };
}

/** A regular expression with the rules of the flag `u`, as a text. */
export const regularExpression: ValueType<string> = {
  parse: textThat((text) => text !== '' && isExpression(text)),
  placeholder: 'PATTERN',
  expected: 'a regular expression',
};

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Regular expressions; a text is one a line. */
export const patterns: ValueType<readonly string[]> = {
  parse: listOf(
    (word): word is string => regularExpression.parse(word) !== undefined,
    (text) => text.split('\n').filter((line) => line !== ''),
  ),
  placeholder: 'PATTERN',
  expected: 'a list of regular expressions',
};

/** Variables of an environment, as `NAME=value` words, or a table of names with texts, numbers and booleans. */
export const variables: ValueType<readonly string[]> = {
  parse: (value) => assignments(Array.isArray(value) ? value : assignmentsIn(value)),
  why(table) {
    if (Array.isArray(table)) return undefined;
    const at = assignmentsIn(table)?.findIndex((word) => !isAssignment(word)) ?? -1;
    const name = Object.keys(Object(table) as object)[at];
    if (name === undefined) return undefined;
    return `${name} is no variable: its name has letters, digits and _, its value is a text, a number, true or false`;
  },
  placeholder: 'NAME=VALUE',
  expected: 'NAME=value',
};

const isAssignment = (word: unknown): word is string =>
  typeof word === 'string' && /^[A-Za-z_][A-Za-z0-9_]*=/.test(word);
const assignments = listOf(isAssignment);

/** The words of a table; null in the place of what is none. */
function assignmentsIn(table: unknown): readonly unknown[] | undefined {
  if (typeof table !== 'object' || table === null) return undefined;
  return Object.entries(table).map(([name, content]) =>
    ['string', 'number', 'boolean'].includes(typeof content) ? `${name}=${String(content)}` : null,
  );
}
