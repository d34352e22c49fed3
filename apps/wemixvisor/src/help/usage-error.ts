import { didYouMean } from '@wemixvisor/config-file';
import { explainMissingSeparator, quoteCommand, redactSecrets } from '@wemixvisor/passthrough';
import { messageOf } from '../app-error.ts';
import { commandNamed, commandNames, commandsUnder } from '../commands/command-names.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { definitionsOf } from './command-definitions.ts';

/** One line for a command line that was refused: what is wrong, and the command line that was probably meant. */
export async function describeUsageError(
  { command, own, node }: CommandLine,
  error: unknown,
): Promise<string> {
  const [word = ''] = own;
  if (word === '' || word.startsWith('-')) {
    const command = own.find((candidate) => commandNamed([candidate]) !== undefined);
    return commandFirst(
      command === undefined
        ? ['start', '--', ...own, ...node]
        : [command, ...without(own, command)],
    );
  }
  if (command === undefined) {
    const rest = [...own.slice(1), ...node];
    if (nodePrograms.test(word)) return commandFirst(['start', '--binary', word, '--', ...rest]);
    return unknownCommand(word === 'help' ? own.slice(1) : own);
  }
  const definitions = await definitionsOf([command]);
  const options = definitions.flatMap((definition) =>
    definition.options.flatMap(({ names }) => names),
  );
  const missing = await explainMissingSeparator(own, options, { node });
  if (missing !== undefined) return missing.message;
  const [what = ''] = messageOf(error).split('\n');
  return `${inOurWords(what)}; see wemixvisor ${command} --help`;
}

/** Programs of a node, which somebody puts where a command belongs. */
const nodePrograms = /(?:^|\/)(?:geth|gwemix)$/;

const commandFirst = (words: readonly string[]) =>
  `a command comes first: ${quoteCommand(['wemixvisor', ...redactSecrets(words)])}`;

function unknownCommand([word = '', second = '']: readonly string[]): string {
  const under = commandsUnder(word);
  if (under.length === 0) {
    const near = didYouMean(word, commandNames) || '; wemixvisor --help lists them all';
    return `there is no command "${word}"${near}`;
  }
  const endings = under.map((name) => name.slice(word.length + 1));
  const near = didYouMean(second, endings).replaceAll(/ (mean|or) /g, ` $1 ${word} `);
  return `there is no command "${word} ${second}"${near || `: it has ${endings.join(', ')}`}`;
}

/** What clipanion says of a wrong command line, as everything else here is said. */
const ourWords: readonly (readonly [RegExp, string])[] = [
  [/^Unsupported option name \("(.*)"\).*$/, 'unknown option $1'],
  [/^Not enough arguments to option (.*)\.$/, '$1 needs a value'],
  [/^Extraneous positional argument \("(.*)"\).*$/, 'there is no place for "$1"'],
  [/^Not enough positional arguments.*$/, 'an argument is missing'],
  [/^Command not found; did you mean one of.*$/, 'a word is too many, or one is missing'],
];

function inOurWords(what: string): string {
  const [known, words] = ourWords.find(([pattern]) => pattern.test(what)) ?? [];
  if (known !== undefined && words !== undefined) return what.replace(known, words);
  return `${what.charAt(0).toLowerCase()}${what.slice(1).replace(/[.:]$/, '')}`;
}

function without(words: readonly string[], one: string): readonly string[] {
  return words.toSpliced(words.indexOf(one), 1);
}
