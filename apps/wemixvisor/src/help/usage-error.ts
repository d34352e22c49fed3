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
  if (word.startsWith('-')) {
    const command = own.find((candidate) => commandNamed([candidate]) !== undefined);
    const words =
      command === undefined
        ? ['start', '--', ...own, ...node]
        : [command, ...without(own, command)];
    return `a command comes first: ${quoteCommand(['wemixvisor', ...redactSecrets(words)])}`;
  }
  if (command === undefined) {
    const under = commandsUnder(word);
    const typed = under.length > 0 ? own.slice(0, 2).join(' ') : word;
    const near = didYouMean(typed, under.length > 0 ? under : commandNames);
    const help = under.length > 0 ? `wemixvisor ${word} --help` : 'wemixvisor --help';
    return `there is no command "${typed}"${near}; see ${help}`;
  }
  const definitions = await definitionsOf([command]);
  const options = definitions.flatMap((definition) =>
    definition.options.flatMap(({ names }) => names),
  );
  const missing = await explainMissingSeparator(own, options, { node });
  if (missing !== undefined) return missing.message;
  const [what = ''] = messageOf(error).split('\n');
  return `${lowerFirst(what)}; see wemixvisor ${command} --help`;
}

function without(words: readonly string[], one: string): readonly string[] {
  return words.toSpliced(words.indexOf(one), 1);
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/[.:]$/, '')}`;
}
