import { Cli } from 'clipanion';
import { commandNames, type CommandName } from '../commands/command-names.ts';
import { commandRegistry } from '../commands/command-registry.ts';
import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';
import type { CommandContext } from '../context.ts';
import { placeholderOf } from '../settings/placeholders.ts';

/** The definitions of some commands, in the order of the help. */
export async function definitionsOf(
  names: readonly CommandName[],
): Promise<readonly CommandDefinition[]> {
  const cli = new Cli<CommandContext>({ binaryName: 'wemixvisor' });
  for (const name of names) cli.register(await commandRegistry[name]());
  const definitions = cli.definitions();
  return commandNames.flatMap((name) => {
    const command = definitions.find(({ path }) => path === `wemixvisor ${name}`);
    if (command === undefined) return [];
    const { description = '', details = '', examples = [], usage, path } = command;
    return {
      name,
      argument: usage.slice(path.length).trim(),
      description: oneLine(description),
      // What a command returns is a paragraph of its own.
      details: details.split(/\n\s*\n|\s(?=Exit code:)/).map(oneLine),
      examples: examples.map(([title, line]) => [title.trim(), line] as const),
      // After `run` an option is the node's.
      options: name === 'run' ? [] : command.options.map(optionDefinition),
    };
  });
}

/** clipanion defines an option as in `-f,--follow` or `--home #0`. */
function optionDefinition({
  definition,
  description = '',
}: {
  readonly definition: string;
  readonly description?: string;
}): OptionDefinition {
  const [names = '', value] = definition.split(' ');
  return {
    names: names.split(','),
    description: oneLine(description),
    placeholder: value === undefined ? null : placeholderOf(names),
  };
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
