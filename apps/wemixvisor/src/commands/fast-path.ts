import { exitCodeOf, messageOf, sayFailure } from '../app-error.ts';
import { homeFolder, homePaths, type HomePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { trace } from '../trace.ts';
import { showVersion } from './version/show-version.ts';

/** What a fast command is run with. */
interface FastRun {
  readonly context: AppContext;
  readonly paths: HomePaths;
  readonly json: boolean;
}

type FastCommand = (run: FastRun) => Promise<ExitCode>;

/**
 * Commands that run without clipanion, which takes as long to load as Node itself: scripts ask for `status` every
 * second, and `start` waits for `supervise`, which it spawns for itself.
 */
const fastCommands: ReadonlyMap<string, FastCommand> = new Map<string, FastCommand>([
  ['status', async (run) => (await import('./status/show-status.ts')).showStatus(run)],
  ['version', ({ context, json }) => Promise.resolve(showVersion(context.stdout, json))],
  ['supervise', async (run) => (await import('./supervise.ts')).supervise(run)],
]);

/** Runs a simple command line of a fast command; undefined for any other, which clipanion parses. */
export async function runFastPath(
  { simple, words, home, json }: CommandLine,
  context: AppContext,
): Promise<ExitCode | undefined> {
  const command = simple ? fastCommands.get(words[0] ?? '') : undefined;
  if (command === undefined) return undefined;
  try {
    const paths = homePaths(homeFolder({ option: home, ...context }), context);
    trace('command-line', () => `fast path, home ${paths.home}`);
    return await command({ context, paths, json });
  } catch (error) {
    return sayFailure({ ...context, json }, messageOf(error), exitCodeOf(error));
  }
}
