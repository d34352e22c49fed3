import type { Cli } from 'clipanion';
import { explainMissingSeparator, quoteCommand, redactSecrets } from '@wemixvisor/passthrough';
import { messageOf } from '../app-error.ts';
import { commandNamed, commandNames, commandsUnder } from '../commands/command-names.ts';
import type { CommandContext } from '../context.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { nearestOf } from '../settings/nearest.ts';

/** One line for a command line that was refused: what is wrong, and the command line that was probably meant. */
export async function describeUsageError(
  cli: Cli<CommandContext>,
  { own, node }: Pick<CommandLine, 'own' | 'node'>,
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
  const [definition] = cli.definitions();
  if (definition === undefined) {
    const under = commandsUnder(word);
    const typed = under.length > 0 ? own.slice(0, 2).join(' ') : word;
    const near = nearestOf(typed, under.length > 0 ? under : commandNames);
    const help = under.length > 0 ? `wemixvisor ${word} --help` : 'wemixvisor --help';
    return `there is no command "${typed}"${near}; see ${help}`;
  }
  // clipanion writes an option as in "-f,--follow" or "--home #0".
  const options = definition.options.flatMap((option) => {
    const [names = ''] = option.definition.split(' ');
    return names.split(',');
  });
  const missing = await explainMissingSeparator(own, ['-h', '--help', ...options], { node });
  if (missing !== undefined) return missing.message;
  const [what = ''] = messageOf(error).split('\n');
  return `${lowerFirst(what)}; see ${definition.path} --help`;
}

function without(words: readonly string[], one: string): readonly string[] {
  return words.toSpliced(words.indexOf(one), 1);
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/[.:]$/, '')}`;
}
