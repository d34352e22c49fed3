import { renderStatus } from '../../render/status-table.ts';
import type { Screen } from '../../render/fit-screen.ts';
import type { StatusReport } from '../../report/status-report.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { recentLines } from '../../state/recent-lines.ts';

/** The status as a table, with what happened of late; for a terminal it fits in it. */
export async function statusText(
  status: StatusReport,
  paths: HomePaths,
  screen: Screen | null,
): Promise<string> {
  return renderStatus(status, { now: Date.now(), screen, recent: await recentLines(paths) });
}
