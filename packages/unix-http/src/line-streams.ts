import type { ServerResponse } from 'node:http';

/** Sends a value as a line of JSON; false where the reader is gone. */
type SendLine = (value: unknown) => boolean;

/** Begins to send lines, and returns what ends that. */
export type Subscribe = (send: SendLine) => () => void;

/** The answers of a server that go on. */
export interface LineStreams {
  /** Whether there is room for a further one. */
  readonly isFull: boolean;
  /** Answers with a line of JSON for each value, until its reader or the server goes. */
  open(response: ServerResponse, subscribe: Subscribe): void;
  /** Ends all of them. */
  close(): void;
}

/** Keeps up to `most` streams. One whose reader leaves more than `waitingBytes` unread is cut off: nobody's memory is without end. */
export function createLineStreams(most: number, waitingBytes: number): LineStreams {
  const open = new Set<ServerResponse>();
  let isClosed = false;
  return {
    get isFull() {
      return open.size >= most;
    },
    open(response, subscribe) {
      // Without a length the end of the connection ends the answer, which a reader of lines needs no decoder for.
      response.removeHeader('transfer-encoding');
      response.writeHead(200, { 'content-type': 'application/x-ndjson', connection: 'close' });
      response.flushHeaders();
      if (isClosed) {
        response.end();
        return;
      }
      open.add(response);
      const unsubscribe = subscribe((value) => {
        if (response.destroyed) return false;
        response.write(`${JSON.stringify(value)}\n`);
        if (response.writableLength > waitingBytes) response.destroy();
        return !response.destroyed;
      });
      response.once('close', () => {
        open.delete(response);
        unsubscribe();
      });
    },
    close() {
      isClosed = true;
      for (const response of open) response.end();
    },
  };
}
