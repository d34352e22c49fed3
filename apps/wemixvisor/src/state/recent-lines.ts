import type { EventReport } from '../report/event-report.ts';
import type { HomePaths } from './home-paths.ts';
import { recentEvents } from './read-events.ts';
import { recentWarnings } from './recent-warnings.ts';

/** What happened in a home of late; what cannot be read is left out. */
export async function recentLines(paths: HomePaths): Promise<{
  readonly events: readonly EventReport[];
  readonly warnings: readonly string[];
}> {
  return {
    events: await recentEvents(paths, 5).catch(() => []),
    warnings: await recentWarnings(paths, 3).catch(() => []),
  };
}
