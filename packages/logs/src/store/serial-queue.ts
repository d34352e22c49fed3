import { LogsError } from '../errors.ts';

/** Runs one task after the other, until it is closed. */
export interface SerialQueue {
  /** @throws LogsError `DISPOSED` */
  assertOpen(): void;
  /** Runs a task after all before it, also when the queue is closed. */
  run<T>(task: () => T | Promise<T>): Promise<T>;
  /** Refuses further work that asserts that the queue is open; resolves when all tasks are done. */
  close(): Promise<void>;
}

/** Makes an empty queue. */
export function createSerialQueue(): SerialQueue {
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();
  return {
    assertOpen() {
      if (isClosed) throw new LogsError('DISPOSED', 'the log store was disposed: open a new one');
    },
    run<T>(task: () => T | Promise<T>): Promise<T> {
      const result = last.then(task);
      last = result.catch(() => undefined);
      return result;
    },
    async close() {
      isClosed = true;
      await last;
    },
  };
}
