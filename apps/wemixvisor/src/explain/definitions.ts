import { Cli } from 'clipanion';
import { commandLoaders } from '../commands/command-loaders.ts';
import type { AppContext } from '../context.ts';

/** What clipanion knows of some commands, in the order of the help. */
export async function definitionsOf(names: readonly string[]) {
  const cli = new Cli<AppContext>({ binaryName: 'wemixvisor' });
  for (const name of names) {
    const load = commandLoaders[name];
    if (load !== undefined) cli.register(await load());
  }
  const order = Object.keys(commandLoaders).map((name) => `wemixvisor ${name}`);
  return cli.definitions().toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}
