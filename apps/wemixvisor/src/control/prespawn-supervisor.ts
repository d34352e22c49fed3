import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { homeFolder, homePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import { spawnSupervisor, type SpawnedSupervisor } from './spawn-supervisor.ts';

/** What tells where the home of a command is. */
type Surroundings = Pick<
  AppContext,
  'env' | 'cwd' | 'homeDirectory' | 'temporaryDirectory' | 'uid'
>;

/** Options with which `start` needs no supervisor in the background. */
const alone: ReadonlySet<string> = new Set(['--foreground', '-h', '--help']);

/**
 * Spawns the supervisor that a `start` will need, so that it loads its modules while `start` is still at its checks: a
 * quarter of the time to the node. A guess from the command line, before it is parsed: `start` takes the supervisor if
 * it is for the right home. Undefined for other commands, and where a supervisor seems to be there already.
 */
export function prespawnSupervisor(
  own: readonly string[],
  context: AppContext,
): SpawnedSupervisor | undefined {
  const home = homeToPrespawn(own, context);
  return home === undefined ? undefined : spawnSupervisor({ ...context, home });
}

/** The home that will need a supervisor, by the words before `--`. */
export function homeToPrespawn(
  [command, ...own]: readonly string[],
  surroundings: Surroundings,
): string | undefined {
  if (command !== 'start' || own.some((word) => alone.has(word))) return undefined;
  const options = { home: { type: 'string' } } as const;
  const { values } = parseArgs({ args: own, options, strict: false });
  const option = typeof values.home === 'string' ? values.home : undefined;
  const home = homeFolder({ option, ...surroundings });
  return existsSync(homePaths(home, surroundings).socket) ? undefined : home;
}
