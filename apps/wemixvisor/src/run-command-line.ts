import { Cli } from 'clipanion';
import { quoteCommand, redactSecrets } from '@wemixvisor/passthrough';
import { sayFailure } from './app-error.ts';
import { commandNames } from './commands/command-names.ts';
import { commandRegistry } from './commands/command-registry.ts';
import type { AppContext, CommandContext } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { trace } from './trace.ts';

/** Runs the command of a command line, or shows the help that it asks for; only that command's class is loaded. */
export async function runCommandLine(
  line: CommandLine,
  context: AppContext & Pick<CommandContext, 'prespawned'>,
): Promise<number> {
  const { command, help, own, node, separated } = line;
  trace('command-line', () => {
    const words = redactSecrets([...own, ...(separated ? ['--', ...node] : [])]);
    return `${command ?? 'no command'}: ${quoteCommand(words)}`;
  });
  // Words for the node without a command are a mistake, not a call for help.
  const asksForHelp = help || (command === undefined && !(own.length === 0 && separated));
  if (asksForHelp) {
    const { helpFor } = await import('./help/help.ts');
    const text = await helpFor(line.words, context.columns);
    if (text !== undefined) {
      context.stdout.write(text);
      return exitCodes.ok;
    }
  }
  const cli = new Cli<CommandContext>({ binaryName: 'wemixvisor' });
  const commandContext: CommandContext = { ...context, line, definitions };
  try {
    if (command !== undefined) cli.register(await commandRegistry[command]());
    return await cli.run(cli.process([...line.words], commandContext), commandContext);
  } catch (error) {
    const { describeUsageError } = await import('./help/usage-error.ts');
    const why = await describeUsageError(line, error);
    return sayFailure({ ...context, json: line.json }, why, exitCodes.usage);
  } finally {
    context.prespawned?.dismiss();
  }
}

async function definitions() {
  const { definitionsOf } = await import('./help/command-definitions.ts');
  return definitionsOf(commandNames);
}
