import type { LogReaderPorts } from './reader-ports.ts';
import { recordsOf } from './read-log.ts';
import { readLogs, type LogSource, type ReadLogsOptions } from './read-logs.ts';
import { readMatches } from './read-matches.ts';
import type { LogRecord } from './record/log-record.ts';

/** Takes a record and the name of its log; the next one waits for a promise that it returns. */
type VisitRecord = (source: string, record: LogRecord) => Promise<void> | undefined;

/**
 * Gives each record that {@link readLogs} would give to a function. That of one log alone is called for a whole block at a time, which is several times as
 * fast as a loop that awaits each record.
 *
 * @throws LogsError `BAD_PATTERN`, `BAD_OPTION`; what `visit` throws
 */
export async function visitLogs(
  sources: readonly LogSource[],
  options: ReadLogsOptions,
  visit: VisitRecord,
  ports: Partial<LogReaderPorts> = {},
): Promise<void> {
  const [only, ...others] = sources;
  const { around = null, shared, signal } = options;
  if (only === undefined || others.length > 0 || around !== null) {
    for await (const { source, record } of readLogs(sources, options, ports)) {
      const waiting = visit(source, record);
      if (waiting !== undefined) await waiting;
    }
    return;
  }
  const { source, directory, name, within } = only;
  for await (const matches of readMatches(
    { ...options, ...within, directory, name },
    'records',
    ports,
  )) {
    for (const record of recordsOf(matches, shared)) {
      const waiting = visit(source, record);
      if (waiting !== undefined) await waiting;
      if (signal?.aborted === true) return;
    }
  }
}
