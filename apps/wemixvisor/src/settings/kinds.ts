import * as t from 'typanion';
import { durationForms, parseMilliseconds, writeDuration } from './duration.ts';
import { fromText, type Kind } from './kind.ts';
import { parseBytes, sizeForms, writeSize } from './size.ts';

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

/**
 * A span of time, kept in milliseconds. A number without a unit is refused, in the file too: cosmovisor takes one for
 * milliseconds, an operator may mean seconds, and a grace period of 300 ms would damage the node.
 */
export const duration: Kind<number> = {
  schema: fromText((value): value is number => value === 0, parseMilliseconds),
  placeholder: 'DURATION',
  expected: `a duration like ${durationForms}`,
  write: writeDuration,
};

/** A span of time that cannot be nothing: an interval or a limit of a check, from 10 ms to 24 days. */
export const period: Kind<number> = {
  schema: fromText(null, (text) => {
    const milliseconds = parseMilliseconds(text) ?? 0;
    return milliseconds >= 10 && milliseconds <= 2 ** 31 - 1 ? milliseconds : undefined;
  }),
  placeholder: 'DURATION',
  expected: 'a duration from 10ms up, like 30s or 5m',
  write: writeDuration,
};

/** A number of bytes. */
export const size: Kind<number> = {
  schema: fromText(isCount, parseBytes),
  placeholder: 'SIZE',
  expected: `a size like ${sizeForms}`,
  write: writeSize,
};

/** The size of a log that is worth a rotation: below 4 KiB a node would stand still all the time. */
export const rotationSize: Kind<number> = {
  schema: fromText(
    (value): value is number => isCount(value) && value >= 4096,
    (text) => {
      const bytes = parseBytes(text) ?? 0;
      return bytes >= 4096 ? bytes : undefined;
    },
  ),
  placeholder: 'SIZE',
  expected: `a size from 4KiB, like ${sizeForms}`,
};

/** A number of files that can be listed at every look. */
export const fileCount: Kind<number> = {
  schema: fromText(
    (value): value is number => isCount(value) && value >= 1 && value <= 500,
    (text) => {
      const files = /^\d{1,3}$/.test(text) ? Number(text) : 0;
      return files >= 1 && files <= 500 ? files : undefined;
    },
  ),
  placeholder: 'N',
  expected: 'a whole number from 1 to 500',
};

/** A whole number from zero. */
export const count: Kind<number> = {
  schema: fromText(isCount, (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)),
  placeholder: 'N',
  expected: 'a whole number from 0',
};

/** A whole number from one. */
export const positive: Kind<number> = {
  schema: fromText(
    (value): value is number => isCount(value) && value > 0,
    (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined),
  ),
  placeholder: 'N',
  expected: 'a whole number from 1',
};

/** A share, from 0 to 1. */
export const share: Kind<number> = {
  schema: fromText(
    (value): value is number => typeof value === 'number' && value >= 0 && value <= 1,
    (text) => (/^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
  ),
  placeholder: 'SHARE',
  expected: 'a share from 0 to 1, like 0.2',
};

/** On, off, or only say what would be done. */
export const onOffOrDryRun: Kind<'on' | 'off' | 'dry-run'> = {
  schema: fromText(
    (value): value is 'on' | 'off' | 'dry-run' =>
      value === 'on' || value === 'off' || value === 'dry-run',
    (text) => switched(truths[text.toLowerCase()]),
  ),
  placeholder: 'on|off|dry-run',
  expected: 'on, off or dry-run',
};

function switched(on: boolean | undefined): 'on' | 'off' | undefined {
  if (on === undefined) return undefined;
  return on ? 'on' : 'off';
}

/** Yes or no. */
export const flag: Kind<boolean> = {
  schema: fromText(
    (value): value is boolean => typeof value === 'boolean',
    (text) => truths[text.toLowerCase()],
  ),
  placeholder: 'BOOL',
  expected: 'true or false',
};

/** Any text but the empty one; null where it is not set. */
export const text: Kind<string | null> = {
  schema: t.isNullable(t.cascade(t.isString(), [t.hasMinLength(1)])),
  placeholder: 'TEXT',
  expected: 'a text that is not empty',
};

/** A program, by its path or its name on PATH; null where it is not set. */
export const program: Kind<string | null> = {
  ...text,
  placeholder: 'FILE',
  expected: 'a path',
  example: '/usr/local/bin/geth',
};

/** A folder; null where it is not set. */
export const folder: Kind<string | null> = {
  ...text,
  placeholder: 'DIR',
  expected: 'a path',
  example: '/srv/node',
};

/** A path from the root: the supervisor does not run where the operator stands. Null where it is not set. */
export const absolutePath: Kind<string | null> = {
  schema: t.isNullable(t.cascade(t.isString(), [t.matchesRegExp(/^\/[^\0]*$/)])),
  placeholder: 'FILE',
  expected: 'an absolute path',
  example: '/etc/wemixvisor/alert-secret',
};

/** A program by its absolute path, with its arguments; a text is the program alone. Empty where it is not set. */
export const command: Kind<readonly string[]> = {
  schema: fromText(
    (value): value is readonly string[] =>
      Array.isArray(value) &&
      value.every(isArgument) &&
      (value.length === 0 || value[0]?.startsWith('/') === true),
    (text) => (text.startsWith('/') && isArgument(text) ? [text] : undefined),
  ),
  placeholder: 'PROGRAM',
  expected: "a program's absolute path, or in the file a list of it and its arguments",
};

/** A NUL byte ends an argument (execve(2)). */
function isArgument(word: unknown): word is string {
  return typeof word === 'string' && !word.includes('\0');
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Kind<T> {
  return {
    schema: t.isEnum(words),
    placeholder: words.join('|'),
    expected: `one of ${words.join(', ')}`,
    example: words[0],
  };
}

/** Any of a few words; as text they are parted by commas. */
export function someOf<const T extends string>(...words: readonly T[]): Kind<readonly T[]> {
  const isWord = (word: unknown): word is T => words.includes(word as T);
  return {
    schema: fromText(
      (value): value is readonly T[] => Array.isArray(value) && value.every(isWord),
      (text) => {
        const said = text.split(',').map((word) => word.trim());
        return said.every(isWord) ? said : undefined;
      },
    ),
    placeholder: 'WORD,…',
    expected: `some of ${words.join(', ')}`,
  };
}

/** Variables for the node, as `NAME=value` words. */
export const variables: Kind<readonly string[]> = {
  schema: t.isArray(t.cascade(t.isString(), [t.matchesRegExp(/^[A-Za-z_][A-Za-z0-9_]*=/)])),
  placeholder: 'NAME=VALUE',
  expected: 'NAME=value',
};
