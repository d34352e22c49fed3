import { Cli } from 'clipanion';
import { commandRegistry } from '../commands/command-registry.ts';
import type { AppContext } from '../context.ts';

/** What clipanion knows of some commands, in the order of the help. */
export async function definitionsOf(names: readonly string[]) {
  const cli = new Cli<AppContext>({ binaryName: 'wemixvisor' });
  for (const name of names) {
    const load = commandRegistry[name];
    if (load !== undefined) cli.register(await load());
  }
  const order = Object.keys(commandRegistry).map((name) => `wemixvisor ${name}`);
  return cli.definitions().toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}
