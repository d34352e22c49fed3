import { readLog } from '@wemixvisor/logs';
import { eventReport, type EventReport } from '../report/event-report.ts';
import type { HomePaths } from './home-paths.ts';

type ReadOptions = Parameters<typeof readLog>[0];
type RecordTest = NonNullable<ReadOptions['tests']>[number];

/**
 * The events of a home's supervisors, oldest first. `lines` counts events: the journal is searched from its end until so many are found, as any
 * number of debug lines may stand between them.
 */
export async function* readEvents(
  { logs }: Pick<HomePaths, 'logs'>,
  request: Omit<ReadOptions, 'directory' | 'name' | 'tests' | 'shared'>,
): AsyncGenerator<EventReport, void> {
  // A test parses each line once more, so only what is counted is tested.
  const tests = typeof request.lines === 'number' ? [isEvent] : [];
  const journal = { directory: logs, name: 'wemixvisor', tests, shared: true } as const;
  for await (const record of readLog({ level: 'info', ...request, ...journal })) {
    const report = reportOf(record);
    if (report !== null) yield report;
  }
}

/** The last events of a home's supervisors, oldest first. */
export async function recentEvents(
  paths: Pick<HomePaths, 'logs'>,
  count: number,
): Promise<readonly EventReport[]> {
  const events: EventReport[] = [];
  for await (const event of readEvents(paths, { lines: count })) events.push(event);
  return events;
}

const reportOf = (record: { text(): Iterable<string> }) => eventReport([...record.text()].join(''));

const isEvent: RecordTest = {
  required: { text: '"event":' },
  passes: (candidate) => reportOf(candidate.record()) !== null,
};
