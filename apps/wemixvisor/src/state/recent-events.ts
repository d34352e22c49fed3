import { readLog } from '@wemixvisor/logs';
import { eventReport, type EventReport } from '../report/event-report.ts';
import type { HomePaths } from './home-paths.ts';

/** The last events of a home's supervisors, oldest first; only the end of the journal is read. */
export async function recentEvents(
  { logs }: Pick<HomePaths, 'logs'>,
  count: number,
): Promise<readonly EventReport[]> {
  const events: EventReport[] = [];
  // Debug lines among them are none.
  const options = { directory: logs, name: 'wemixvisor', lines: count * 20, shared: true } as const;
  for await (const record of readLog(options)) {
    const report = eventReport([...record.text()].join(''));
    if (report !== null) events.push(report);
  }
  return events.slice(-count);
}
