import { commandNamed, commandNames, commandsUnder } from '../commands/command-names.ts';
import { renderCommandHelp, renderGroupHelp, renderProgramHelp } from './render-help.ts';
import { version } from '../version.ts';
import { definitionsOf } from './command-definitions.ts';

/** First words that ask for the help of the whole program. */
const overview = new Set(['help', '-h', '--help']);

/**
 * The help that a command line asks for: `start -h`, `start --help` and `help start` for a command, `config` for its
 * subcommands, `help`, `--help` or nothing for the program; undefined where it asks for none.
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
  if (overview.has(word)) {
    const all = await definitionsOf(commandNames);
    return renderProgramHelp(all, { version, columns });
  }
  const names = next.startsWith('-') ? commandsUnder(word) : [];
  if (names.length === 0) return undefined;
  return renderGroupHelp(await definitionsOf(names), { group: word, columns });
}
