import { nearestName } from '../command/nearest-name.ts';
import type { ParsedFlag, ParsedWord } from '../parse/parsed-arguments.ts';
import { redactText } from '../redact/redact-text.ts';
import { findFlag, kindFor, subcommandNames, type Target } from '../registry/look-up.ts';
import { parseGoBoolean } from '../values/go-values.ts';
import type { Found, Rule } from './finding.ts';
import { removed } from './fix.ts';
import { shorten } from './names.ts';

/** Finds plain words where the root command takes none; it refuses the first, so only the first gets a finding. */
export const unexpectedWords: Rule = ({ parsed, context: { target } }) => {
  const { words, flags } = parsed;
  const command = words.findIndex(({ role }) => role === 'subcommand');
  const stray = words
    .slice(0, command === -1 ? words.length : command)
    .filter(({ role }) => role === 'positional' || role === 'terminator');
  const flagAt = new Map(flags.map((flag) => [flag.position, flag]));
  const booleans = stray.flatMap((word) =>
    separatedBoolean(word, flagAt.get(word.position - 1), target),
  );
  const other = stray.find(
    ({ position }) => !booleans.some((found) => found.position === position),
  );
  return other === undefined ? booleans : [...booleans, unexpectedWord(other)];
};

function separatedBoolean(
  { position, text }: ParsedWord,
  before: ParsedFlag | undefined,
  target: Target,
): readonly Found[] {
  if (before === undefined || before.flag === null || before.value !== null) return [];
  if (kindFor(before.flag, target) !== 'bool' || !looksBoolean(text)) return [];
  const isOff = parseGoBoolean(text) === false || /^(?:no|off)$/i.test(text);
  const written = `${before.typed}=${isOff ? 'false' : 'true'}`;
  return [
    {
      code: 'separated-boolean',
      severity: 'error',
      position,
      message: `${before.typed} takes no next word: the node refuses "${text}" as an unknown command.`,
      remedy: `Write ${written}.`,
      fix:
        before.position === null
          ? null
          : { position: before.position, remove: 2, insert: [written] },
    },
  ];
}

const looksBoolean = (text: string) =>
  parseGoBoolean(text) !== undefined || /^(?:yes|no|on|off)$/i.test(text);

function unexpectedWord({ position, text, role }: ParsedWord): Found {
  const nearest = role === 'terminator' ? undefined : nearestName(text, subcommandNames());
  return {
    code: 'unexpected-word',
    severity: 'error',
    position,
    message:
      role === 'terminator'
        ? 'A second "--" ends the options of the node, which takes no words after them.'
        : `"${shorten(redactText(text))}" is neither a flag nor a command: the node stops with "invalid command".`,
    remedy:
      nearest === undefined
        ? 'Remove it, or give it to a flag.'
        : `Did you mean the command ${nearest}?`,
  };
}

/** Finds values that look like other arguments: a forgotten value, or two words that were quoted as one. */
export const flagsAsValues: Rule = ({ parsed }) =>
  parsed.flags.flatMap((given) => {
    const { value, valuePosition, position, flag } = given;
    if (value === null || flag === null || position === null) return [];
    const takenFlag = knownFlagIn(value);
    if (takenFlag !== undefined && valuePosition !== position)
      return [flagAsValue(given, takenFlag)];
    const [, glued] = /\s(--?[A-Za-z][\w.-]*)/.exec(value) ?? [];
    return glued === undefined || knownFlagIn(glued) === undefined
      ? []
      : [gluedArguments(given, glued)];
  });

const flagAsValue = ({ typed, valuePosition }: ParsedFlag, takenFlag: string): Found => ({
  code: 'flag-as-value',
  severity: 'warning',
  position: valuePosition,
  message: `${typed} takes "${takenFlag}" as its value.`,
  remedy: `Give ${typed} a value of its own, or write ${typed}=${takenFlag} if it is meant.`,
});

const gluedArguments = ({ typed, valuePosition }: ParsedFlag, glued: string): Found => ({
  code: 'glued-arguments',
  severity: 'warning',
  position: valuePosition,
  message: `The value of ${typed} holds ${glued}, which is only text there.`,
  remedy: `Give ${glued} as a word of its own, outside the quotes.`,
});

function knownFlagIn(word: string): string | undefined {
  const [, typed, name] = /^(--?([A-Za-z][\w.-]*))(?:=|$)/.exec(word) ?? [];
  return name !== undefined && findFlag(name) !== undefined ? typed : undefined;
}

/** Finds flags given more than once: the last one wins, unless it is a list; two names of one flag are an error. */
export const repeatedFlags: Rule = ({ parsed, context: { target } }) => {
  const latest = new Map<string, ParsedFlag>();
  return parsed.flags.flatMap((flag) => {
    if (flag.source !== 'argument' || flag.flag === null) return [];
    const earlier = latest.get(flag.name);
    latest.set(flag.name, flag);
    return earlier === undefined ? [] : repetition(earlier, flag, target);
  });
};

function repetition(earlier: ParsedFlag, flag: ParsedFlag, target: Target): readonly Found[] {
  const { position, typed } = flag;
  if (bareName(earlier.typed) !== bareName(typed)) {
    return [
      {
        code: 'two-names',
        severity: 'error',
        position,
        message: `${earlier.typed} and ${typed} are two names of one flag, which the node refuses together.`,
        remedy: 'Keep one of them.',
      },
    ];
  }
  const isList = flag.flag !== null && kindFor(flag.flag, target) === 'list';
  if (isList || earlier.value === flag.value) return [];
  return [
    {
      code: 'repeated-flag',
      severity: 'warning',
      position,
      message: `${typed} is given more than once; this one replaces the one before it.`,
      remedy: 'Keep the one that is meant.',
      fix: removed(earlier),
    },
  ];
}

const bareName = (typed: string) => typed.replace(/^-+/, '');
