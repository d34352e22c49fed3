import type { LogFiles } from '../layout.ts';
import type { StoreEvent } from './events.ts';
import { keepHouse, retain } from './housekeeping.ts';
import type { CompleteOptions } from './options.ts';

/** What a tidier works on. */
export interface TidierParts {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly tell: (event: StoreEvent) => void;
  readonly trouble: (error: unknown) => void;
}

/** Runs the housekeeping when there is something to do, beside all else and never twice at a time. */
export function createTidier({ files, options, tell, trouble }: TidierParts) {
  const disposing = new AbortController();
  let running: Promise<void> | null = null;
  let isUntidy = true;
  const tidy = (): void => {
    if (!isUntidy || running !== null || disposing.signal.aborted) return;
    isUntidy = false;
    running = keepHouse({ files, options, signal: disposing.signal, tell })
      .catch(trouble)
      .finally(() => {
        running = null;
        tidy(); // For what was rotated meanwhile.
      });
  };
  return {
    /** There are new files, or new limits: these hold at once, however long a compression still takes. */
    markUntidy(): void {
      isUntidy = true;
      try {
        retain({ files, options, tell });
      } catch (error) {
        trouble(error);
      }
    },
    tidy,
    /** Stops after the block that is being compressed. */
    async dispose(): Promise<void> {
      disposing.abort();
      await running;
    },
  };
}
