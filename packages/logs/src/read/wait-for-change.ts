import { watch } from 'node:fs';

/** Milliseconds between two looks where the system does not notify. */
const pollMs = 1000;

/** Resolves when something in the folder changes, and at the latest after a second; at once when aborted. */
export interface ChangeWaiter {
  wait(): Promise<void>;
  close(): void;
}

/** Watches a folder; where it cannot be watched (a network share, no watches left), the second's look remains. */
export function watchFolder(directory: string, signal: AbortSignal | undefined): ChangeWaiter {
  let changed = false;
  let wake: () => void = () => undefined;
  const notify = (): void => {
    changed = true;
    wake();
  };
  const watcher = startWatcher(directory, notify);
  signal?.addEventListener('abort', notify);
  return {
    wait: () =>
      new Promise((resolve) => {
        const timer = setTimeout(notify, pollMs);
        wake = () => {
          clearTimeout(timer);
          changed = false;
          wake = () => undefined;
          resolve();
        };
        if (changed || signal?.aborted === true) wake();
      }),
    close: () => {
      signal?.removeEventListener('abort', notify);
      watcher?.close();
      wake();
    },
  };
}

function startWatcher(directory: string, notify: () => void) {
  try {
    return watch(directory, notify).on('error', () => undefined);
  } catch {
    return null;
  }
}
