import { existsSync } from 'node:fs';
import { homeFolder, homePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { spawnSupervisor, type SpawnedSupervisor } from './spawn-supervisor.ts';

/** What tells where the home of a command is. */
type Surroundings = Pick<
  AppContext,
  'env' | 'cwd' | 'homeDirectory' | 'temporaryDirectory' | 'uid'
>;

/**
 * Spawns the supervisor that a `start` will need, so that it loads its modules while `start` is still at its checks: a
 * quarter of the time to the node. `start` takes the supervisor if it is for the right home. Undefined for other
 * commands, and where a supervisor seems to be there already.
 */
export function prespawnSupervisor(
  line: CommandLine,
  context: AppContext,
): SpawnedSupervisor | undefined {
  const home = homeToPrespawn(line, context);
  return home === undefined
    ? undefined
    : spawnSupervisor({ self: context.self, env: context.env, home });
}

/** The home that will need a supervisor. */
export function homeToPrespawn(
  { command, own, help, home: option }: CommandLine,
  surroundings: Surroundings,
): string | undefined {
  if (command !== 'start' || help || own.includes('--foreground')) return undefined;
  const home = homeFolder(option, surroundings);
  return existsSync(homePaths(home, surroundings).socket) ? undefined : home;
}
