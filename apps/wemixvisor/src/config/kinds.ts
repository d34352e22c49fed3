import * as t from 'typanion';
import { durationForms, parseMilliseconds, writeDuration } from './duration.ts';
import { parseBytes, sizeForms, writeSize } from './size.ts';

/** How the value of a setting is read from text, from TOML or from JSON, and what is said of a bad one. */
export interface Kind<T> {
  readonly schema: t.StrictValidator<unknown, T>;
  /** What stands for the value in help texts, as in `--stop-timeout DURATION`. */
  readonly placeholder: string;
  /** What a good value looks like, for error messages. */
  readonly expected: string;
  /** A value as an operator types it, read back by the schema; without it, the value itself. */
  write?(value: T): string;
  /** A good value, for a setting that has none by default. */
  readonly example?: string | undefined;
}

/** A validator that turns text into a value, and lets through what `is` one already; null where nothing is. */
function fromText<T>(
  is: ((value: unknown) => value is T) | null,
  read: (text: string) => T | undefined,
) {
  return t.makeValidator<unknown, T>({
    test: (value, state): value is T => {
      if (is?.(value) === true) return true;
      const meant = typeof value === 'string' ? read(value) : undefined;
      if (meant === undefined || state?.coercion === undefined) {
        state?.errors?.push('not of the expected form');
        return false;
      }
      state.coercions?.push([state.p ?? '.', state.coercion.bind(null, meant)]);
      return true;
    },
  });
}

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

/** Where a node answers JSON-RPC: an http(s) URL or the path of an IPC socket. Null where it is not set. */
export const rpcEndpoint: Kind<string | null> = {
  schema: t.isNullable(
    fromText(
      (value): value is string => typeof value === 'string' && isRpcEndpoint(value),
      () => undefined,
    ),
  ),
  placeholder: 'URL',
  expected: "http://HOST:PORT, https://HOST[/PATH] or the path of the node's IPC socket",
  example: 'http://127.0.0.1:8545',
};

function isRpcEndpoint(text: string): boolean {
  if (isWebUrl(text)) return true;
  return /^(?!\w[\w+.-]*:\/\/)(?:ipc:.|.*\/|.*\.ipc$)/i.test(text) && !text.includes('\0');
}

/** A path from the root: the supervisor does not run where the operator stands. Null where it is not set. */
export const absolutePath: Kind<string | null> = {
  schema: t.isNullable(t.cascade(t.isString(), [t.matchesRegExp(/^\/[^\0]*$/)])),
  placeholder: 'FILE',
  expected: 'an absolute path',
  example: '/etc/wemixvisor/alert-secret',
};

/** An http or https URL; null where it is not set. */
export const webUrl: Kind<string | null> = {
  schema: t.isNullable(
    fromText(
      (value): value is string => typeof value === 'string' && isWebUrl(value),
      () => undefined,
    ),
  ),
  placeholder: 'URL',
  expected: 'a URL like https://example.org/hook',
  example: 'https://example.org/hook',
};

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

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

/** A TCP address to listen on; null where it is not set. */
export const address: Kind<string | null> = {
  schema: t.isNullable(
    t.cascade(t.isString(), [t.matchesRegExp(/^(\[[0-9a-fA-F:]+\]|[^:]+):\d{1,5}$/)]),
  ),
  placeholder: 'HOST:PORT',
  expected: 'an address like 127.0.0.1:9101',
  example: '127.0.0.1:9101',
};

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

/** A header of HTTP as `Name: value`: a token, a colon, and text without control characters (RFC 9110, section 5). */
const isHeader = (value: unknown): value is string =>
  typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \t]*(?:\t|\P{Cc})+$/u.test(value);

/** Headers of HTTP, as `Name: value` words; as text, one a line. */
export const headers: Kind<readonly string[]> = {
  schema: fromText(
    (value): value is readonly string[] => Array.isArray(value) && value.every(isHeader),
    (text) => {
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.every(isHeader) ? lines : undefined;
    },
  ),
  placeholder: 'NAME: VALUE',
  expected: "a header like 'X-Api-Key: …', or a list of them",
};
