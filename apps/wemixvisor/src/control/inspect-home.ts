import type { HomePaths } from '../state/home-paths.ts';
import { SupervisorUnreachable } from './client.ts';
import { openControlClient } from './open-control-client.ts';
import type { Inspection } from './offline-status.ts';

/** The status of a home: from its supervisor, or, where none answers, from what it left and the node itself. */
export async function inspectHome(paths: HomePaths, now: number): Promise<Inspection> {
  try {
    return { status: await openControlClient(paths).status(), problem: null };
  } catch (error) {
    if (!(error instanceof SupervisorUnreachable)) throw error;
  }
  // Only now: what it needs costs a `status` that is answered a third of its time.
  const { offlineStatus } = await import('./offline-status.ts');
  return offlineStatus(paths, now);
}
