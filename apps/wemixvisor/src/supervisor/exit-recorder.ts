import type { Supervision } from '@wemixvisor/process';
import { messageOf } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { killCauseAfter } from '../report/kill-cause.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { Book } from './supervisor-state.ts';
import { lastWords, writeCrashReport } from './crash-report.ts';
import type { Journal } from './journal.ts';

/** What remembering needs. */
export interface ExitMemory {
  readonly paths: HomePaths;
  readonly supervision: Supervision;
  readonly book: Book;
  readonly journal: Journal;
  readonly status: () => StatusReport;
}

/** The memory at work. */
export interface RememberedExits {
  /** Writes down how a node is that will be restarted for its health, before it is touched. */
  noteUnhealthy(reason: string): Promise<void>;
  /** Resolves when the exits seen so far are written down; never rejects. */
  settled(): Promise<void>;
  /** Resolves when all that happened so far is written: state.json belongs to this supervisor only under its lock. */
  finish(): Promise<void>;
}

/** Keeps the node's last words with each exit, and a report of each abnormal one. */
export function rememberExits(memory: ExitMemory): RememberedExits {
  const { paths, supervision, book, journal, status } = memory;
  let written = Promise.resolve();

  function later(work: () => Promise<void>): Promise<void> {
    written = written.then(work).catch((error: unknown) => {
      journal.warn({ event: 'report-lost' }, `a report is lost: ${messageOf(error)}`);
    });
    return written;
  }

  async function report(cause: 'exit' | 'health', reason: string | null): Promise<void> {
    const lines = await lastWords(paths);
    if (cause === 'exit') {
      book.noteLastLine(lines.findLast((line) => line.trim() !== '') ?? null);
    }
    const { lastExit } = supervision.snapshot;
    if (cause === 'exit' && lastExit?.asked === true && !lastExit.forced) return;
    const at = new Date().toISOString();
    const all = { schema: 1, at, cause, reason, status: status(), last_lines: lines } as const;
    const file = writeCrashReport(paths, all);
    journal.warn({ event: 'report', file }, `wrote ${file}`);
  }

  const unsubscribe = supervision.subscribe((change) => {
    const { before, after } = change;
    book.noteKill(killCauseAfter(book.killedFor, change));
    if (before.lastExit !== after.lastExit) void later(() => report('exit', after.reason));
  });

  return {
    noteUnhealthy: (reason) => later(() => report('health', reason)),
    settled: () => written,
    finish: () => {
      unsubscribe();
      return written;
    },
  };
}
