import type { HomePaths } from '../state/home-paths.ts';
import { SupervisorUnreachable } from './client.ts';
import { openControlClient } from './open-control-client.ts';
import type { StatusReport } from '../report/status-report.ts';

/** What can be told of a home. */
export interface Inspection {
  /** Undefined where no node was ever started, or the state cannot be read. */
  readonly status: StatusReport | undefined;
  /** One line on what is wrong, where something is. */
  readonly problem: string | null;
}

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
