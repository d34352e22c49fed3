import { Cli } from 'clipanion';
import { commandLoaders } from '../commands/command-loaders.ts';
import type { AppContext } from '../context.ts';
import { renderCommandHelp, renderProgramHelp } from '../render/help.ts';
import { version } from '../version.ts';

/** Words that ask for the help of the whole program. */
const overview = new Set(['help', '-h', '--help']);

/**
 * The help that a command line asks for: `start -h`, `start --help` and `help start` for a command, `help`, `--help` or
 * nothing at all for the program; undefined where it asks for none.
 */
export async function renderHelp(
  own: readonly string[],
  columns: number,
): Promise<string | undefined> {
  const [word = 'help', topic] = own;
  const name = word === 'help' && topic !== undefined ? topic : word;
  const load = commandLoaders[name];
  if (load !== undefined) {
    const [definition] = await definitionsOf([load]);
    return definition === undefined ? undefined : renderCommandHelp(definition, columns);
  }
  return overview.has(name)
    ? renderProgramHelp(await definitionsOf(Object.values(commandLoaders)), version)
    : undefined;
}

async function definitionsOf(loaders: readonly (typeof commandLoaders)[string][]) {
  const cli = new Cli<AppContext>({ binaryName: 'wemixvisor' });
  for (const load of loaders) cli.register(await load());
  const order = Object.keys(commandLoaders).map((name) => `wemixvisor ${name}`);
  return cli.definitions().toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}
