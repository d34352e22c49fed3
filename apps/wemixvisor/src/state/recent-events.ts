import { readLog } from '@wemixvisor/logs';
import { eventReport, type EventReport } from '../report/event-report.ts';
import type { HomePaths } from './home-paths.ts';

/** The last events of a home's supervisors, oldest first; only the end of the journal is read. */
export async function recentEvents(
  { logs }: Pick<HomePaths, 'logs'>,
  count: number,
): Promise<readonly EventReport[]> {
  const events: EventReport[] = [];
  const wanted = { lines: count * 4, level: 'info', shared: true } as const; // some lines are no events
  const options = { directory: logs, name: 'wemixvisor', ...wanted } as const;
  for await (const record of readLog(options)) {
    const report = eventReport([...record.text()].join(''));
    if (report !== null) events.push(report);
  }
  return events.slice(-count);
}
