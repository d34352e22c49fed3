import { exitCodeOf, messageOf, sayFailure } from '../app-error.ts';
import { statusFrom } from '../control/open-control-client.ts';
import { homeFolder, homePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { trace } from '../trace.ts';
import type { statusText } from './status/status-text.ts';
import { writeStatus, type SimpleRun } from './status/write-status.ts';
import { showVersion } from '../version.ts';

type QuickCommand = (run: SimpleRun) => Promise<ExitCode>;

/** Commands by name that run without clipanion, which takes as long to load as Node itself. */
export type QuickCommands = ReadonlyMap<string, QuickCommand>;

/** What scripts ask for every second: the status, for which nothing else is loaded where a supervisor tells it as JSON, and the version. */
export function quickCommands(
  textOf: typeof statusText,
  withoutSupervisor: QuickCommand,
): QuickCommands {
  const showStatus = async (run: SimpleRun) => {
    const status = await statusFrom(run.paths);
    return status === null ? withoutSupervisor(run) : writeStatus(status, run, textOf);
  };
  return new Map<string, QuickCommand>([
    ['status', showStatus],
    ['version', ({ context, json }) => Promise.resolve(showVersion(context.stdout, json))],
  ]);
}

/** Runs a simple command line of a quick command; undefined for any other, which clipanion parses. */
export async function runQuick(
  { simple, words, home: option, json }: CommandLine,
  context: AppContext,
  commands: QuickCommands,
): Promise<ExitCode | undefined> {
  const command = simple ? commands.get(words[0] ?? '') : undefined;
  if (command === undefined) return undefined;
  try {
    const paths = homePaths(homeFolder(option, context), context);
    trace('command-line', () => `without a parser, home ${paths.home}`);
    return await command({ context, paths, json });
  } catch (error) {
    return sayFailure({ ...context, json }, messageOf(error), exitCodeOf(error));
  }
}
