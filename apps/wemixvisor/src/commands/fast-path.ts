import { parseArgs } from 'node:util';
import { exitCodeOf, messageOf } from '../app-error.ts';
import { homeFolder, homePaths, type HomePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

/** What a quick command is run with. */
interface FastRun {
  readonly context: AppContext;
  readonly paths: HomePaths;
  readonly json: boolean;
}

type FastCommand = (run: FastRun) => Promise<ExitCode>;

const status: FastCommand = async ({ context, ...asked }) =>
  (await import('./status/show-status.ts')).showStatus(context, asked);

const version: FastCommand = async ({ context, json }) =>
  (await import('./version/show-version.ts')).showVersion(context, json);

const supervise: FastCommand = async (run) => (await import('./supervise.ts')).supervise(run);

/**
 * Commands that run before the parser of command lines is loaded, which costs as much as Node itself: scripts ask for
 * `status` by the second, and `start` waits for `supervise`, which it spawns for itself.
 */
const fastCommands: ReadonlyMap<string, FastCommand> = new Map([
  ['status', status],
  ['version', version],
  ['--version', version],
  ['-v', version],
  ['supervise', supervise],
]);

/**
 * Runs a command line that a quick command understands in full. Undefined for any other, which is left to the parser:
 * it also says what is wrong with it.
 */
export function runFastPath(
  [word = '', ...options]: readonly string[],
  context: AppContext,
): Promise<ExitCode> | undefined {
  const command = fastCommands.get(word);
  if (command === undefined) return undefined;
  const typed = understood(options);
  return typed === undefined ? undefined : toldOnFailure(command, typed, context);
}

interface Typed {
  readonly home?: string;
  readonly json?: boolean;
}

function understood(options: readonly string[]): Typed | undefined {
  try {
    const known = { home: { type: 'string' }, json: { type: 'boolean' } } as const;
    return parseArgs({ args: [...options], options: known, strict: true }).values;
  } catch {
    return undefined;
  }
}

async function toldOnFailure(
  command: FastCommand,
  { home, json = false }: Typed,
  context: AppContext,
): Promise<ExitCode> {
  try {
    const paths = homePaths(homeFolder({ option: home, ...context }), context);
    return await command({ context, paths, json });
  } catch (error) {
    context.stderr.write(`wemixvisor: ${messageOf(error)}\n`);
    return exitCodeOf(error);
  }
}
