import type { StatusReport } from '../report/status-report.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { SupervisorUnreachable } from './client.ts';
import { openControlClient } from './open-control-client.ts';

/** The status that the supervisor of a home tells; null where none answers. The reason of the `signal` is thrown. */
export async function statusFrom(
  paths: HomePaths,
  signal?: AbortSignal,
): Promise<StatusReport | null> {
  try {
    return await openControlClient(paths, signal).status();
  } catch (error) {
    if (error instanceof SupervisorUnreachable) return null;
    throw error;
  }
}
