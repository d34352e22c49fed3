import { Cli } from 'clipanion';
import {
  commandNames,
  headingOf as commandHeading,
  type CommandName,
} from '../commands/command-names.ts';
import { commandRegistry } from '../commands/command-registry.ts';
import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';
import type { CommandContext } from '../context.ts';
import {
  headingOf,
  isSetting,
  isSwitch,
  optionHeadings,
  placeholderOf,
  valuesOf,
} from '../settings/placeholders.ts';

/** Commands that take the arguments of the node behind `--`. */
const nodeCommands: readonly CommandName[] = [
  'start',
  'restart',
  'doctor',
  'forks',
  'upgrade',
  'service',
];

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
    const argument = usage.slice(path.length).trim();
    const passesOn = name === 'run';
    return {
      name,
      heading: commandHeading(name),
      usage: passesOn ? '[NODE-OPTIONS…]' : usageOf(name, argument),
      argument: argumentValues(argument),
      passesOn,
      description: oneLine(description),
      // What a command returns is a paragraph of its own.
      details: details.split(/\n\s*\n|\s(?=Exit code:)/).map(oneLine),
      examples: examples.map(([title, line]) => [title.trim(), line] as const),
      options: passesOn ? [] : inOrder([...command.options, help]).map(optionDefinition),
    };
  });
}

function usageOf(name: CommandName, argument: string): string {
  const node = nodeCommands.includes(name) ? ' [-- NODE-OPTIONS…]' : '';
  return `${argument} [options]${node}`.trim();
}

/** The values of the argument in `completion <bash|zsh|fish>` or `config check [FILE]`. */
function argumentValues(argument: string): CommandDefinition['argument'] {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(argument)?.[1];
  return placeholder === undefined ? null : valuesOf(placeholder);
}

/** What every command but `run` takes, which clipanion does not define. */
const help = { definition: '-h,--help', description: 'Show this help' };

interface Defined {
  readonly definition: string;
  readonly description?: string;
}

/** By their headings, and under the first one what the command has of its own before the settings. */
function inOrder(options: readonly Defined[]): readonly Defined[] {
  const rank = ({ definition }: Defined) => {
    const [name = ''] = definition.split(' ');
    return 2 * optionHeadings.indexOf(headingOf(name)) + (isSetting(name) ? 1 : 0);
  };
  return options.toSorted((a, b) => rank(a) - rank(b));
}

/** clipanion defines an option as in `-f,--follow` or `--home #0`. */
function optionDefinition({ definition, description = '' }: Defined): OptionDefinition {
  const [joined = '', value] = definition.split(' ');
  const names = joined.split(',');
  const placeholder = value === undefined ? null : placeholderOf(joined);
  const ending = isSwitch(joined) ? '[=BOOL]' : '';
  return {
    names,
    description: oneLine(description),
    heading: headingOf(joined),
    usage: `${names.join(', ')}${placeholder === null ? ending : ` ${placeholder}`}`,
    values: placeholder === null ? null : valuesOf(placeholder),
  };
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
