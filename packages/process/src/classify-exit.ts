import { ProcessError } from './errors.ts';
import type { Clock } from './clock.ts';
import type { ExitDiagnosis, LastExit } from './lifecycle/state.ts';

/** How a process that ran has ended, before the lifecycle decides what follows. */
export interface ProcessEnd {
  /** Number of the spawn. */
  readonly generation: number;
  /** Null when a signal ended it or the status is unknown. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Epoch milliseconds of the end. */
  readonly at: number;
  /** Epoch milliseconds at which the end was seen: later than `at` if no supervisor was watching. */
  readonly seenAt: number;
  readonly uptimeMs: number;
  /** Where the log ended when this process was made, as `logMark` gave it; null when nobody said. */
  readonly logMark: string | null;
  /** What the kernel says of it, where it killed the process for lack of memory; else null. */
  readonly lackOfMemory: string | null;
}

/** Findings of a classifier; saved with the exit. */
export interface ExitFindings {
  /** The last line the node wrote; null when there is none. Bound its length: it is part of the record. */
  readonly lastLine: string | null;
  /** What the end means, and so what a restart can do about it. @default unknown: the restart policy decides */
  readonly diagnosis?: ExitDiagnosis | undefined;
}

/** Inspects an end. The signal aborts at the time limit and on `dispose()`. */
export type ClassifyExit = (end: ProcessEnd, signal: AbortSignal) => Promise<ExitFindings>;

/** Where the log ends now, in any words that its reader understands. */
export type LogMark = () => string;

/** Whether what the diagnosis of an exit names has cleared. */
export type HoldOver = (exit: LastExit) => Promise<boolean>;

/** Milliseconds a classification may take; the lifecycle goes on without findings after them. */
export const classifyTimeoutMs = 500;

/** The findings without a classifier. */
export const noFindings: ExitFindings = { lastLine: null };

/** What {@link classifyExit} needs besides the end. */
export interface Classification {
  readonly classify: ClassifyExit;
  readonly clock: Clock;
  /** Receives CLASSIFY_FAILED when the classifier rejects or is late. */
  readonly report: (error: ProcessError) => void;
}

/**
 * Runs the classifier within its time limit and hands over the findings, exactly once.
 * The returned function cancels it: nothing is handed over or reported afterwards.
 */
export function classifyExit(
  end: ProcessEnd,
  { classify, clock, report }: Classification,
  onFindings: (findings: ExitFindings) => void,
): () => void {
  const abort = new AbortController();
  let settled = false;

  const settle = (): boolean => {
    if (settled) return false;
    settled = true;
    cancelTimer();
    return true;
  };
  const fail = (why: string, cause?: unknown): void => {
    if (!settle()) return;
    abort.abort();
    const message = `the end of the node could not be classified (${why}): its last line and its cause are unknown`;
    report(new ProcessError('CLASSIFY_FAILED', message, { cause }));
    onFindings(noFindings);
  };
  const cancelTimer = clock.setTimer(
    () => fail(`no answer within ${classifyTimeoutMs} ms`),
    classifyTimeoutMs,
  );

  const run = async (): Promise<ExitFindings> => classify(end, abort.signal);
  void run().then(
    (findings) => {
      if (settle()) onFindings(findings);
    },
    (error: unknown) => fail(String(error), error),
  );
  return () => {
    if (settle()) abort.abort();
  };
}
