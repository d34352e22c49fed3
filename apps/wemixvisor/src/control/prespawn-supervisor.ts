import { existsSync } from 'node:fs';
import { homeFolder, homePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import type { CommandLine } from '../parse-command-line.ts';
import { spawnSupervisor, type SpawnedSupervisor } from './spawn-supervisor.ts';

/**
 * Spawns the supervisor that a `start` will need, so that it loads its modules while `start` loads its own. `start` takes it if it is for the
 * right home. Undefined for other commands, and where a supervisor seems to be there already.
 */
export function prespawnSupervisor(
  line: CommandLine,
  context: AppContext,
): SpawnedSupervisor | undefined {
  const { self, env } = context;
  const home = homeToPrespawn(line, context);
  return home === undefined ? undefined : spawnSupervisor({ self, env, home });
}

/** The home that will need a supervisor. */
export function homeToPrespawn(
  { command, own, help, home: option }: CommandLine,
  surroundings: Pick<AppContext, 'env' | 'cwd' | 'homeDirectory' | 'temporaryDirectory' | 'uid'>,
): string | undefined {
  if (command !== 'start' || help || own.includes('--foreground')) return undefined;
  const home = homeFolder(option, surroundings);
  return existsSync(homePaths(home, surroundings).socket) ? undefined : home;
}
