import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { Settings } from '../settings/settings.ts';
import { openControlClient } from './open-control-client.ts';
import { SupervisorUnreachable, type ControlClient } from './client.ts';
import {
  spawnSupervisor,
  type SpawnedSupervisor,
  type SpawnSupervisorOptions,
} from './spawn-supervisor.ts';

/** Milliseconds in which some supervisor of the home must answer; many starts at once share the machine. */
const patienceMs = 30_000;

/** Milliseconds for which the one that holds the home is asked again and again, before a further one is started. */
const holderMs = 2_000;

/**
 * Asks the supervisor of a home for something, starting one where none is. Among any number of simultaneous callers
 * one supervisor gets the home; the others' see that it is held and ask the one that has it.
 *
 * A `prespawned` supervisor of this home is the first to be taken; where none is needed, its owner dismisses it.
 * `onNotice` gets what a new supervisor has to say of its start.
 */
export async function askSupervisor<T>(
  ask: (client: ControlClient) => Promise<T>,
  {
    paths,
    settings,
    prespawned,
    onNotice,
    ...options
  }: Omit<SpawnSupervisorOptions, 'home'> & {
    readonly paths: HomePaths;
    readonly settings: Settings;
    readonly prespawned?: SpawnedSupervisor | undefined;
    readonly onNotice: (notice: string) => void;
  },
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  let heldUntil = 0;
  let next = prespawned?.home === paths.home ? prespawned : undefined;
  for (;;) {
    try {
      return await ask(openControlClient(paths));
    } catch (error) {
      if (!(error instanceof SupervisorUnreachable)) throw error;
    }
    if (performance.now() < heldUntil) {
      await sleep(50);
      continue;
    }
    const supervisor = next ?? spawnSupervisor({ ...options, home: paths.home });
    next = undefined;
    const report = await supervisor.begin(settings);
    if (report.ready) {
      for (const notice of report.notices) onNotice(notice);
      continue;
    }
    if (!report.held) throw new AppError(report.error);
    if (performance.now() > deadline) throw new AppError(`${report.error}, but does not answer`);
    heldUntil = performance.now() + holderMs;
  }
}
