import type { Flag } from './registry/flag.ts';
import {
  findFlag,
  findSubcommand,
  flagOfVariable,
  isKnownTo,
  kindFor,
} from './registry/look-up.ts';
import { isAtLeast } from './registry/release.ts';
import { surroundingsOf, type ReadingContext, type Surroundings } from './reading-context.ts';

/** What one word of the command line is to geth. */
export type WordRole =
  'flag' | 'unknown-flag' | 'malformed-flag' | 'value' | 'subcommand' | 'positional' | 'terminator';

/** One word of the command line. */
export interface ParsedWord {
  readonly position: number;
  readonly text: string;
  readonly role: WordRole;
}

/** One flag that is set, on the command line or by an environment variable. */
export interface ParsedFlag {
  /** Its name in the registry; as typed, without dashes, where it is not there. */
  readonly name: string;
  /** As it was written: `--http.port`, `-http.port`, or the name of the variable. */
  readonly typed: string;
  readonly flag: Flag | null;
  /** Null for a switch that stands alone, and for a flag whose value is missing. */
  readonly value: string | null;
  readonly source: 'argument' | 'environment';
  /** Where the flag stands in argv; null when it comes from the environment. */
  readonly position: number | null;
  /** Where its value stands: the flag's own position after `=`, the next one otherwise. */
  readonly valuePosition: number | null;
}

/** A node's command line as geth reads it. */
export interface ParsedArguments {
  /** One entry for each word of argv, in order. */
  readonly words: readonly ParsedWord[];
  /** Environment first, then the command line in order, so that the last entry of a name wins. */
  readonly flags: readonly ParsedFlag[];
  /** The subcommand (`console`, `db inspect`), or null where the node itself is started. */
  readonly subcommand: string | null;
}

/**
 * Reads a node's command line by geth's own rules, those of Go's flag package: one dash or two, `=` or the next word,
 * a switch never eats a word, any other flag eats whatever follows, the first plain word ends the options.
 * Never throws. An unknown flag takes the next word as its value unless that is an option.
 *
 * @example
 * parseNodeArguments(['--http', '--http.port', '9545']).flags.map(({ name, value }) => [name, value]);
 * // [['http', null], ['http.port', '9545']]
 */
export function parseNodeArguments(
  argv: readonly string[],
  context?: ReadingContext,
): ParsedArguments {
  return readArguments(argv, surroundingsOf(context));
}

/** Where geth stops reading options, and a linter may want to go on. */
export interface ReadingOptions {
  /** Read on after a word that makes geth refuse the whole line. @default false */
  readonly pastStrayWords?: boolean;
}

/** The same with the context filled in. */
export function readArguments(
  argv: readonly string[],
  surroundings: Surroundings,
  { pastStrayWords = false }: ReadingOptions = {},
): ParsedArguments {
  const words: ParsedWord[] = [];
  const flags: ParsedFlag[] = [];
  let subcommand: string | null = null;
  let optionsEnded = false;
  while (words.length < argv.length) {
    const position = words.length;
    const text = argv[position] ?? '';
    if (!optionsEnded && isOption(text)) {
      const read = readFlag(argv, position, surroundings);
      words.push(...read.words);
      if (read.flag) flags.push(read.flag);
      continue;
    }
    const deeper: string | undefined = subcommandAfter(subcommand, text, surroundings);
    const role: WordRole = optionsEnded ? 'positional' : roleOfPlainWord(text, deeper);
    words.push({ position, text, role });
    if (role === 'subcommand') subcommand = deeper ?? null;
    const goesOn = subcommand === null ? pastStrayWords : mayFollowWords(surroundings);
    optionsEnded ||= role === 'terminator' || (role === 'positional' && !goesOn);
  }
  return { words, flags: [...flagsOfEnvironment(surroundings), ...flags], subcommand };
}

/** The first plain word ends the options, except that urfave/cli v1 goes on after a subcommand's own words. */
const mayFollowWords = ({ target: { flavour, version } }: Surroundings) =>
  flavour === 'gwemix' ||
  (flavour === 'geth' && version !== null && !isAtLeast(version, '1.10.20'));

function roleOfPlainWord(text: string, subcommand: string | undefined): WordRole {
  if (text === '--') return 'terminator';
  return subcommand === undefined ? 'positional' : 'subcommand';
}

function subcommandAfter(
  parent: string | null,
  word: string,
  { target }: Surroundings,
): string | undefined {
  const found = findSubcommand(parent === null ? word : `${parent} ${word}`);
  return found !== undefined && isKnownTo(found, target) ? found.name : undefined;
}

const isOption = (word: string) => /^-[\s\S]/.test(word) && word !== '--';

interface ReadFlag {
  readonly words: readonly ParsedWord[];
  readonly flag?: ParsedFlag;
}

function readFlag(argv: readonly string[], position: number, { target }: Surroundings): ReadFlag {
  const text = argv[position] ?? '';
  const equals = text.indexOf('=');
  const typed = equals === -1 ? text : text.slice(0, equals);
  const typedName = typed.replace(/^--?/, '');
  if (typedName === '' || typedName.startsWith('-')) {
    return { words: [{ position, text, role: 'malformed-flag' }] };
  }
  const flag = findFlag(typedName) ?? null;
  const next = argv[position + 1];
  const eatsNext =
    equals === -1 &&
    next !== undefined &&
    (flag === null ? looksLikeValue(next) : kindFor(flag, target) !== 'bool');
  const own: ParsedWord = { position, text, role: flag === null ? 'unknown-flag' : 'flag' };
  const value: readonly ParsedWord[] = eatsNext
    ? [{ position: position + 1, text: next, role: 'value' }]
    : [];
  return {
    words: [own, ...value],
    flag: {
      name: flag?.name ?? typedName,
      typed,
      flag,
      value: equals === -1 ? (value[0]?.text ?? null) : text.slice(equals + 1),
      source: 'argument',
      position,
      valuePosition: equals === -1 ? (value[0]?.position ?? null) : position,
    },
  };
}

/** Nothing tells whether a flag nobody knows is a switch; a plain word after it is far more often its value. */
const looksLikeValue = (word: string) => !isOption(word) && word !== '--';

function flagsOfEnvironment({ env, target }: Surroundings): readonly ParsedFlag[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const flag = value === undefined ? undefined : flagOfVariable(name, target);
    if (value === undefined || flag === undefined) return [];
    const read = readVariable(value, kindFor(flag, target));
    return read === undefined ? [] : [ofEnvironment(flag, name, read)];
  });
}

/** An empty variable sets a text, a path or a switch (to false); for a number it is as if it were not there. */
function readVariable(value: string, kind: Flag['kind']): string | undefined {
  if (value !== '' || kind === 'string' || kind === 'path' || kind === 'text') return value;
  return kind === 'bool' ? 'false' : undefined;
}

const ofEnvironment = (flag: Flag, variable: string, value: string): ParsedFlag => ({
  name: flag.name,
  typed: variable,
  flag,
  value,
  source: 'environment',
  position: null,
  valuePosition: null,
});
