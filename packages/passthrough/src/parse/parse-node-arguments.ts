import { findFlag, findSubcommand, isKnownTo, kindFor } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';
import { environmentFlags } from './environment-flags.ts';
import type { ParsedArguments, ParsedFlag, ParsedWord, WordRole } from './parsed-arguments.ts';
import { resolveContext, type ReadingContext, type ResolvedContext } from './reading-context.ts';

/**
 * Reads a node's command line by geth's own rules, those of Go's flag package: one dash or two, a value after `=` or in
 * the next word; a switch never takes the next word, any other flag always does; the first plain word ends the options.
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
  return parseInContext(argv, resolveContext(context));
}

/** How far a command line is read. */
export interface ParseOptions {
  /** Continue after a word that makes geth refuse the whole line. @default false */
  readonly pastStrayWords?: boolean;
}

/** {@link parseNodeArguments} in a context whose defaults are filled in. */
export function parseInContext(
  argv: readonly string[],
  context: ResolvedContext,
  { pastStrayWords = false }: ParseOptions = {},
): ParsedArguments {
  const words: ParsedWord[] = [];
  const flags: ParsedFlag[] = [];
  let subcommand: string | null = null;
  let optionsEnded = false;
  while (words.length < argv.length) {
    const position = words.length;
    const text = argv[position] ?? '';
    if (!optionsEnded && isOption(text)) {
      const option = readOption(argv, position, context);
      words.push(...option.words);
      if (option.flag) flags.push(option.flag);
      continue;
    }
    const deeper: string | undefined = subcommandAfter(subcommand, text, context);
    const role: WordRole = optionsEnded ? 'positional' : roleOfPlainWord(text, deeper);
    words.push({ position, text, role });
    if (role === 'subcommand') subcommand = deeper ?? null;
    const mayContinue = subcommand === null ? pastStrayWords : mayFollowWords(context);
    optionsEnded ||= role === 'terminator' || (role === 'positional' && !mayContinue);
  }
  return { words, flags: [...environmentFlags(context), ...flags], subcommand };
}

/** The first plain word ends the options; urfave/cli v1 alone continues after a subcommand's own words. */
const mayFollowWords = ({ target: { flavour, version } }: ResolvedContext) =>
  flavour === 'gwemix' ||
  (flavour === 'geth' && version !== null && !isAtLeast(version, '1.10.20'));

function roleOfPlainWord(text: string, subcommand: string | undefined): WordRole {
  if (text === '--') return 'terminator';
  return subcommand === undefined ? 'positional' : 'subcommand';
}

function subcommandAfter(
  parent: string | null,
  word: string,
  { target }: ResolvedContext,
): string | undefined {
  const found = findSubcommand(parent === null ? word : `${parent} ${word}`);
  return found !== undefined && isKnownTo(found, target) ? found.name : undefined;
}

const isOption = (word: string) => /^-[\s\S]/.test(word) && word !== '--';

/** An option with the word that is its value; a malformed one sets no flag. */
interface Option {
  readonly words: readonly ParsedWord[];
  readonly flag?: ParsedFlag;
}

function readOption(argv: readonly string[], position: number, context: ResolvedContext): Option {
  const text = argv[position] ?? '';
  const equals = text.indexOf('=');
  const typed = equals === -1 ? text : text.slice(0, equals);
  const typedName = typed.replace(/^--?/, '');
  if (typedName === '' || typedName.startsWith('-')) {
    return { words: [{ position, text, role: 'malformed-flag' }] };
  }
  const flag = findFlag(typedName) ?? null;
  const own: ParsedWord = { position, text, role: flag === null ? 'unknown-flag' : 'flag' };
  const common = {
    name: flag?.name ?? typedName,
    typed,
    flag,
    source: 'argument',
    position,
  } as const;
  if (equals !== -1) {
    const value = text.slice(equals + 1);
    return { words: [own], flag: { ...common, value, valuePosition: position } };
  }
  const next = argv[position + 1];
  if (next === undefined || !takesNextWord(flag, next, context)) {
    return { words: [own], flag: { ...common, value: null, valuePosition: null } };
  }
  const valuePosition = position + 1;
  return {
    words: [own, { position: valuePosition, text: next, role: 'value' }],
    flag: { ...common, value: next, valuePosition },
  };
}

/** An unknown flag may be a switch or not; a plain word after it is far more often its value. */
function takesNextWord(
  flag: ParsedFlag['flag'],
  next: string,
  { target }: ResolvedContext,
): boolean {
  if (flag === null) return !isOption(next) && next !== '--';
  return kindFor(flag, target) !== 'bool';
}
