import { parseArgs } from 'node:util';
import { splitArgv } from '@wemixvisor/passthrough';
import { commandNamed, type CommandName } from './commands/command-names.ts';

/** A command line, parsed once: everything that is decided before the command's own options are read. */
export interface CommandLine {
  /** The words before the first `--` as they were typed; after `run`, no word is ours but a lone `--help`. */
  readonly own: readonly string[];
  /** The node's arguments, byte for byte: all after the first `--`, or after `run`. */
  readonly node: readonly string[];
  /** Whether the node's arguments were given, even if there are none. */
  readonly separated: boolean;
  /** The command's name, `config show` before `config`; undefined where the first words name none. */
  readonly command: CommandName | undefined;
  /** The words for the parser of the command's options, the command's own name first. */
  readonly words: readonly string[];
  /** The value of `--home`. */
  readonly home: string | undefined;
  /** Whether `--json` was given. */
  readonly json: boolean;
  /** Whether `-h` or `--help` was given. */
  readonly help: boolean;
  /** Whether the first word is followed by `--home` and `--json` alone, so that no other parser is needed. */
  readonly simple: boolean;
}

/** Other ways to name a command. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['--version', 'version'],
  ['-v', 'version'],
]);

/**
 * Parses a command line as far as all commands are alike. It never fails: the parser of the command's options says what is wrong.
 *
 * @example
 * parseCommandLine(['start', '--home', '/h', '--', '--http']);
 * // { command: 'start', home: '/h', node: ['--http'], separated: true, … }
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const isRun = argv[0] === 'run' && !isHelpForRun(argv);
  const split = isRun ? { own: ['run'], node: argv.slice(1), separated: true } : splitArgv(argv);
  const { own } = split;
  const [word, ...options] = own;
  const named = word === undefined ? [] : [aliases.get(word) ?? word, ...options];
  const { values, tokens } = parseArgs({
    args: options,
    options: { home: { type: 'string' }, json: { type: 'boolean' } },
    strict: false,
    tokens: true,
  });
  return {
    ...split,
    command: commandNamed(named),
    words: withJoinedValues(named.flatMap(apart)),
    home: typeof values.home === 'string' ? values.home : undefined,
    json: values.json === true,
    help: own.includes('-h') || own.includes('--help'),
    simple: !split.separated && tokens.every(isSimple),
  };
}

/** Alone it asks for our help; among other words it is the node's. */
const isHelpForRun = ([, option = '', ...more]: readonly string[]) =>
  ['-h', '--help'].includes(option) && more.length === 0;

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

/** `--json`, `--home=DIR`, or `--home DIR` where DIR does not look like an option. */
function isSimple(token: Token): boolean {
  if (token.kind !== 'option') return false;
  const { rawName, value, inlineValue = false } = token;
  if (rawName === '--json') return value === undefined;
  return rawName === '--home' && value !== undefined && (inlineValue || !/^-./.test(value));
}

/** `-n5` as `-n 5`, and `-fn2` as `-f -n 2`: the parser of options knows a value behind a letter only as a word. */
function apart(word: string): readonly string[] {
  const [, letters, value] = /^-([a-z]+)(\d+)$/.exec(word) ?? [];
  if (letters === undefined || value === undefined) return [word];
  return [...Array.from(letters, (letter) => `-${letter}`), value];
}

/** A value that clipanion would take for an option, as in `--run -1`, or for an argument, as in `--auto-restart false`. */
function withJoinedValues(own: readonly string[]): string[] {
  return own.reduce<string[]>((words, word) => {
    const option = words.at(-1) ?? '';
    const isValue = /^(-\d+|true|false)$/.test(word) && /^--[a-z][a-z-]*$/.test(option);
    return isValue ? [...words.slice(0, -1), `${option}=${word}`] : [...words, word];
  }, []);
}
