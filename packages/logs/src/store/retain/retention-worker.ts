import type { Clock } from '../../clock.ts';
import type { LogFiles } from '../../layout.ts';
import type { CompleteOptions } from '../options.ts';
import type { StoreEvent } from '../store-event.ts';
import { enforceRetention, removeOldest } from './enforce-retention.ts';

/** What a retention worker works on. */
export interface RetentionParts {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly emit: (event: StoreEvent) => void;
  readonly clock: Pick<Clock, 'monotonic' | 'setTimer'>;
}

/** Enforces the retention when something changed, beside all else and never twice at a time. */
export function createRetentionWorker({ files, options, emit, clock }: RetentionParts) {
  const disposing = new AbortController();
  let running: Promise<void> | null = null;
  let needsRetention = true;
  const emitError = (error: unknown): void =>
    emit({ type: 'error', error: error instanceof Error ? error : new Error(String(error)) });
  const start = (): void => {
    if (!needsRetention || running !== null || disposing.signal.aborted) return;
    needsRetention = false;
    running = enforceRetention({ files, options, clock, signal: disposing.signal, emit })
      .catch(emitError)
      .finally(() => {
        running = null;
        start(); // For what was rotated meanwhile.
      });
  };
  return {
    /** There are new segments, or new limits. The limits hold at once, however long a compression still takes. */
    limitsChanged(): void {
      needsRetention = true;
      try {
        removeOldest({ files, options, emit });
      } catch (error) {
        emitError(error);
      }
    },
    start,
    /** Stops after the block that is being compressed. */
    async dispose(): Promise<void> {
      disposing.abort();
      await running;
    },
  };
}
