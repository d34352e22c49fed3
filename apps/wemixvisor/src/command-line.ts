import { Cli } from 'clipanion';
import { splitArgv } from '@wemixvisor/passthrough';
import { commandRegistry, commandNamed } from './commands/command-registry.ts';
import type { AppContext } from './context.ts';
import { prespawnSupervisor } from './control/prespawn-supervisor.ts';
import { exitCodes } from './exit-codes.ts';
import { version } from './version.ts';

/** A command line, taken apart: ours, and the node's, which our parser never sees. */
interface CommandLine {
  readonly own: readonly string[];
  readonly node: readonly string[];
  readonly separated: boolean;
}

/** Other ways to say some commands. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['--version', 'version'],
  ['-v', 'version'],
]);

/** Parses a command line and runs its command; only the command that is asked for is loaded. */
export async function runCommandLine(
  argv: readonly string[],
  context: AppContext,
): Promise<number> {
  const line: CommandLine =
    argv[0] === 'run' ? { own: ['run'], node: argv.slice(1), separated: true } : splitArgv(argv);
  const { own, node, separated } = line;
  const [word = 'help'] = own;
  const load = loaderOf([aliases.get(word) ?? word, ...own.slice(1)]);
  if (load === undefined || asksForHelp(own)) {
    const { renderHelp } = await import('./help/help.ts');
    const help = await renderHelp(own, context.columns);
    if (help !== undefined) {
      context.stdout.write(help);
      return exitCodes.ok;
    }
  }
  const cli = new Cli<AppContext>({ binaryName: 'wemixvisor', binaryVersion: version });
  const ahead = prespawnSupervisor(own, context);
  const whole = { ...context, nodeArguments: node, separated, ahead };
  try {
    if (load !== undefined) cli.register(await load());
    return await cli.run(cli.process(withNegativeValues(own), whole), whole);
  } catch (error) {
    const { describeUsageError } = await import('./help/usage-error.ts');
    context.stderr.write(`wemixvisor: ${await describeUsageError(cli, line, error)}\n`);
    return exitCodes.usage;
  } finally {
    ahead?.dismiss();
  }
}

function loaderOf(words: readonly string[]) {
  const name = commandNamed(words);
  return name === undefined ? undefined : commandRegistry[name];
}

/** clipanion takes the value in `--run -1` for an option, but not in `--run=-1`. */
function withNegativeValues(own: readonly string[]): string[] {
  return own.reduce<string[]>((words, word) => {
    const option = words.at(-1) ?? '';
    const isValue = /^-\d+$/.test(word) && /^--[a-z][a-z-]*$/.test(option);
    return isValue ? [...words.slice(0, -1), `${option}=${word}`] : [...words, word];
  }, []);
}

function asksForHelp(own: readonly string[]): boolean {
  return own.includes('-h') || own.includes('--help');
}
