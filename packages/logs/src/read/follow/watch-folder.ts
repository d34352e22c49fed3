import { watch } from 'node:fs';
import type { Clock } from '../../clock.ts';

/** Milliseconds between two looks where the system does not notify. */
const pollMs = 1000;

/** Waits for changes of a folder. */
interface FolderWatcher {
  /** Resolves when something in the folder changed since the last wait, and at the latest after a second; at once when a signal is aborted. */
  wait(): Promise<void>;
  close(): void;
}

/** Watches a folder; where it cannot be watched (a network share, no watches left), the look each second remains. */
export type WatchFolder = (
  directory: string,
  signals: readonly AbortSignal[],
  clock: Pick<Clock, 'setTimer'>,
) => FolderWatcher;

/** The real {@link WatchFolder}. */
export const watchFolder: WatchFolder = (directory, signals, clock) => {
  let changed = false;
  let wake: () => void = () => undefined;
  const notify = (): void => {
    changed = true;
    wake();
  };
  const watcher = startWatcher(directory, notify);
  for (const signal of signals) signal.addEventListener('abort', notify);
  return {
    wait: () =>
      new Promise((resolve) => {
        const cancel = clock.setTimer(notify, pollMs);
        wake = () => {
          cancel();
          changed = false;
          wake = () => undefined;
          resolve();
        };
        if (changed || signals.some(({ aborted }) => aborted)) wake();
      }),
    close: () => {
      for (const signal of signals) signal.removeEventListener('abort', notify);
      watcher?.close();
      wake();
    },
  };
};

function startWatcher(directory: string, notify: () => void) {
  try {
    return watch(directory, notify).on('error', () => undefined);
  } catch {
    return null;
  }
}
