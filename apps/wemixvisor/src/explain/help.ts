import { commandLoaders, commandNamed, commandsUnder } from '../commands/command-loaders.ts';
import { renderCommandHelp, renderProgramHelp } from '../render/help.ts';
import { version } from '../version.ts';
import { definitionsOf } from './definitions.ts';

/** Words that ask for the help of the whole program. */
const overview = new Set(['help', '-h', '--help']);

/**
 * The help that a command line asks for: `start -h`, `start --help` and `help start` for a command, `config` for the
 * commands under it, `help`, `--help` or nothing at all for the program; undefined where it asks for none.
 */
export async function renderHelp(
  own: readonly string[],
  columns: number,
): Promise<string | undefined> {
  const topic = own[0] === 'help' && own.length > 1 ? own.slice(1) : own;
  const name = commandNamed(topic);
  if (name !== undefined) {
    const [definition] = await definitionsOf([name]);
    return definition === undefined ? undefined : renderCommandHelp(definition, columns);
  }
  const [word = 'help', next = '-h'] = topic;
  const group = next.startsWith('-') ? commandsUnder(word) : [];
  if (!overview.has(word) && group.length === 0) return undefined;
  const names = overview.has(word) ? Object.keys(commandLoaders) : group;
  return renderProgramHelp(await definitionsOf(names), { version, columns });
}
