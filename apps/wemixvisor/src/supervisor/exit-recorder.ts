import type { StatusReport } from '../report/status-report.ts';
import type { AdoptedNode } from './adopt-node.ts';
import { writeCrashReport } from '../state/crash-reports.ts';
import { lastWords } from './last-words.ts';

/** Writes a report of each abnormal end of the node. */
export interface ExitRecorder {
  /** Writes down how a node is that will be restarted for its health, before it is touched. Never rejects. */
  noteUnhealthy(reason: string): Promise<void>;
  /** Resolves when all reports of what happened so far are written. */
  settled(): Promise<void>;
}

/** Starts to write reports, one after the other. One that cannot be written is published as lost. */
export function startExitRecorder(
  { options: { paths }, events, supervision }: AdoptedNode,
  status: () => StatusReport,
): ExitRecorder {
  let written = Promise.resolve();

  function report(cause: 'exit' | 'health', reason: string | null, mark: string | null) {
    const seen = { at: new Date().toISOString(), status: status() };
    written = written.then(async () => {
      try {
        const evidence = seen.status.last_exit?.diagnosis?.evidence;
        const words = await lastWords(paths, { after: mark, evidence });
        const file = writeCrashReport(paths, { schema: 1, cause, reason, ...seen, ...words });
        events.publish({ type: 'report-written', file });
      } catch (error) {
        events.publish({ type: 'report-lost', error });
      }
    });
    return written;
  }

  events.subscribe((event) => {
    if (event.type !== 'lifecycle') return;
    const { before, after } = event.change;
    if (before.lastExit === after.lastExit || after.lastExit === null) return;
    if (after.lastExit.cause !== 'asked') {
      void report('exit', after.reason, before.logMark);
    }
  });

  return {
    noteUnhealthy: (reason) => report('health', reason, supervision.snapshot.logMark),
    settled: () => written,
  };
}
