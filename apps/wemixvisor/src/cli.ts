import { runQuick, type QuickCommands } from './commands/quick-commands.ts';
import type { AppContext } from './context.ts';
import type { SpawnedSupervisor } from './control/spawn-supervisor.ts';
import { parseCommandLine } from './parse-command-line.ts';

/** `start` waits for `supervise`, which it spawns for itself. */
const withoutParser: QuickCommands = new Map([
  ['supervise', async (run) => (await import('./commands/supervise.ts')).supervise(run)],
]);

/**
 * Runs a command line and returns its exit code. All after the first `--`, or after `run`, goes to the node and is
 * parsed by nobody else. A supervisor may have been spawned ahead, for a `start`.
 *
 * @example process.exitCode = await runCli(['status', '--json'], processContext());
 */
export async function runCli(
  argv: readonly string[],
  context: AppContext,
  prespawned?: SpawnedSupervisor,
): Promise<number> {
  const line = parseCommandLine(argv);
  const quick = await runQuick(line, context, withoutParser);
  if (quick !== undefined) return quick;
  const { runCommandLine } = await import('./run-command-line.ts');
  return runCommandLine(line, { ...context, prespawned });
}
