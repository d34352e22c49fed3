/** Writes bytes; they must not change until the promise settles. */
export type SendBytes = (bytes: Uint8Array) => Promise<void>;

/** Buffers output chunks and flushes them in batches. */
export interface OutputBuffer {
  /** Adds a chunk. Where that caused a flush, returns a promise to await before the next chunk. */
  write(chunk: Uint8Array | string): Promise<void> | undefined;
  /** Resolves when everything is written. */
  flush(): Promise<void>;
}

const capacity = 64 * 1024;

/**
 * Combines chunks into writes of 64 KiB, since a system call for each line takes most of the time of showing a log.
 * Flushes at the latest in the next turn of the event loop, so that a follower sees each line at once.
 *
 * @example
 * import { writeSync } from 'node:fs';
 * import { createOutputBuffer } from '@wemixvisor/logs';
 *
 * const buffer = createOutputBuffer(async (bytes) => void writeSync(1, bytes));
 * for (const line of ['one\n', 'two\n']) await buffer.write(line);
 * await buffer.flush();
 */
export function createOutputBuffer(send: SendBytes): OutputBuffer {
  const buffer = Buffer.allocUnsafeSlow(capacity);
  let filled = 0;
  let sending: Promise<void> | null = null;
  let scheduledFlush: NodeJS.Immediate | null = null;

  const flush = (): Promise<void> => {
    if (sending !== null) return sending;
    if (scheduledFlush !== null) clearImmediate(scheduledFlush);
    scheduledFlush = null;
    if (filled === 0) return Promise.resolve();
    sending = send(buffer.subarray(0, filled)).finally(() => {
      filled = 0;
      sending = null;
    });
    return sending;
  };
  const take = (chunk: Uint8Array | string, length: number): void => {
    if (typeof chunk === 'string') buffer.write(chunk, filled);
    else buffer.set(chunk, filled);
    filled += length;
    scheduledFlush ??= setImmediate(() => void flush());
  };
  const flushFirst = async (chunk: Uint8Array | string, length: number): Promise<void> => {
    while (sending !== null || filled + length > capacity) {
      await flush();
      if (length > capacity) return send(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    }
    take(chunk, length);
  };
  return {
    write(chunk) {
      const length = Buffer.byteLength(chunk);
      if (sending === null && filled + length <= capacity) {
        take(chunk, length);
        return undefined;
      }
      return flushFirst(chunk, length);
    },
    flush,
  };
}
