import { Cli } from 'clipanion';
import { commandNames, type CommandName } from '../commands/command-names.ts';
import { commandRegistry } from '../commands/command-registry.ts';
import type { CommandContext } from '../context.ts';

/** clipanion's definitions of some commands, in the order of the help. */
export async function definitionsOf(names: readonly CommandName[]) {
  const cli = new Cli<CommandContext>({ binaryName: 'wemixvisor' });
  for (const name of names) cli.register(await commandRegistry[name]());
  const order = commandNames.map((name) => `wemixvisor ${name}`);
  return cli.definitions().toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}
