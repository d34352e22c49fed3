import { exitCodeOf, messageOf, sayFailure } from '../app-error.ts';
import { homeFolder, homePaths, type HomePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { trace } from '../trace.ts';
import type { QuickName } from './command-names.ts';
import { showVersion } from './version/show-version.ts';

/** What a quick command is run with. */
interface QuickRun {
  readonly context: AppContext;
  readonly paths: HomePaths;
  readonly json: boolean;
}

type QuickCommand = (run: QuickRun) => Promise<ExitCode>;

/** Commands by name that run without clipanion, which takes as long to load as Node itself. */
export type QuickCommands = ReadonlyMap<string, QuickCommand>;

/** What scripts ask for every second: these are built as a program of their own too, so that nothing else is loaded. */
export const quickCommands: QuickCommands = new Map<QuickName, QuickCommand>([
  ['status', async (run) => (await import('./status/show-status.ts')).showStatus(run)],
  ['version', ({ context, json }) => Promise.resolve(showVersion(context.stdout, json))],
]);

/** Runs a simple command line of a quick command; undefined for any other, which clipanion parses. */
export async function runQuick(
  { simple, words, home, json }: CommandLine,
  context: AppContext,
  commands: QuickCommands = quickCommands,
): Promise<ExitCode | undefined> {
  const command = simple ? commands.get(words[0] ?? '') : undefined;
  if (command === undefined) return undefined;
  try {
    const paths = homePaths(homeFolder({ option: home, ...context }), context);
    trace('command-line', () => `without a parser, home ${paths.home}`);
    return await command({ context, paths, json });
  } catch (error) {
    return sayFailure({ ...context, json }, messageOf(error), exitCodeOf(error));
  }
}
