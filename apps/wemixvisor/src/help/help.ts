import { renderHelp } from '@wemixvisor/completion';
import { commandNamed, commandNames, commandsUnder } from '../commands/command-names.ts';
import { version } from '../version.ts';
import { definitionsOf } from './command-definitions.ts';

/** What the program is for. */
export const purpose = 'keeps one geth-family node running and says why when it cannot';

/** Where the node's arguments go. */
export const nodeArguments =
  'Arguments after -- go to the node: wemixvisor start -- --datadir /data --http';

/** First words that ask for the help of the whole program. */
const overview = new Set(['help', '-h', '--help']);

/**
 * The help that a command line asks for: `start -h`, `start --help` and `help start` for a command, `config` for its
 * subcommands, `help`, `--help` or nothing for the program; undefined where it asks for none.
 */
export async function helpFor(
  own: readonly string[],
  columns: number,
): Promise<string | undefined> {
  const topic = own[0] === 'help' && own.length > 1 ? own.slice(1) : own;
  const name = commandNamed(topic);
  if (name !== undefined) return render([name], name, columns);
  const [word = 'help', next = '-h'] = topic;
  if (overview.has(word)) return render(commandNames, '', columns);
  return next.startsWith('-') ? render(commandsUnder(word), word, columns) : undefined;
}

async function render(names: Parameters<typeof definitionsOf>[0], topic: string, columns: number) {
  const title = `wemixvisor ${version}: ${purpose}`;
  const commands = await definitionsOf(names);
  return renderHelp(
    { name: 'wemixvisor', title, notes: [nodeArguments], commands },
    topic,
    columns,
  );
}
