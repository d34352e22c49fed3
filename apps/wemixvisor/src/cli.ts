import { runFastPath } from './commands/fast-path.ts';
import type { AppContext } from './context.ts';

/**
 * Runs a command line and returns its exit code. What stands after the first `--`, or after `run`, is the node's and
 * never seen by the command line's own parser.
 *
 * @example process.exitCode = await runCli(['status', '--json'], processContext());
 */
export async function runCli(argv: readonly string[], context: AppContext): Promise<number> {
  const quick = runFastPath(argv, context);
  if (quick !== undefined) return quick;
  const { runCommandLine } = await import('./command-line.ts');
  return runCommandLine(argv, context);
}
