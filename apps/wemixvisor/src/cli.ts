import { runQuick, type QuickCommands } from './commands/quick-commands.ts';
import type { AppContext } from './context.ts';
import { parseCommandLine } from './parse-command-line.ts';

/** Scripts wait for `status`, and `start` for `supervise`, which it spawns for itself. */
const withoutParser: QuickCommands = new Map([
  ['status', async (run) => (await import('./commands/status/show-status.ts')).showStatus(run)],
  ['supervise', async (run) => (await import('./commands/supervise.ts')).supervise(run)],
]);

/**
 * Runs a command line and returns its exit code. All after the first `--`, or after `run`, goes to the node and is
 * parsed by nobody else.
 *
 * @example process.exitCode = await runCli(['status', '--json'], processContext());
 */
export async function runCli(argv: readonly string[], context: AppContext): Promise<number> {
  const line = parseCommandLine(argv);
  const quick = await runQuick(line, context, withoutParser);
  if (quick !== undefined) return quick;
  // The supervisor that a start will need loads its modules while those of the command are still read.
  const prespawned =
    line.command === 'start'
      ? (await import('./control/prespawn-supervisor.ts')).prespawnSupervisor(line, context)
      : undefined;
  const { runCommandLine } = await import('./run-command-line.ts');
  return runCommandLine(line, { ...context, prespawned });
}
