import type { ServerResponse } from 'node:http';

/** Sends a value as a line of JSON; false where the reader is gone. */
type SendLine = (value: unknown) => boolean;

/** Begins to send lines, and returns what ends that. */
export type Subscribe = (send: SendLine) => () => void;

/** The answers of a server that go on. */
export interface LineStreams {
  /** How many there may be. */
  readonly most: number;
  /** Whether so many are open. */
  readonly isFull: boolean;
  /** Answers with a line of JSON for each value, until its reader or the server goes. */
  open(response: ServerResponse, subscribe: Subscribe): void;
  /** Ends all of them; a reader that has not read the rest a second later is cut off. */
  close(): void;
}

/** Milliseconds that a reader has at the end: one that does not read would keep the server for ever. */
const farewellMs = 1_000;

/**
 * Keeps up to `most` streams. One whose reader leaves more than `waitingBytes` unread gets no further value, as memory is bounded; what waits is
 * kept until the reader takes it or goes, and behind it the reason.
 */
export function createLineStreams(most: number, waitingBytes: number): LineStreams {
  const open = new Set<ServerResponse>();
  let isClosed = false;
  return {
    most,
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
        if (response.destroyed || response.writableEnded) return false;
        response.write(`${JSON.stringify(value)}\n`);
        if (response.writableLength > waitingBytes) response.end(tooSlow(waitingBytes));
        return !response.writableEnded;
      });
      response.once('close', () => {
        open.delete(response);
        unsubscribe();
      });
    },
    close() {
      isClosed = true;
      for (const response of open) {
        response.end();
        const late = setTimeout(() => response.destroy(), farewellMs);
        response.once('close', () => clearTimeout(late));
      }
    },
  };
}

const tooSlow = (waitingBytes: number): string => {
  const most = `${Math.round(waitingBytes / 1024)} KiB`;
  const error = `the reader is too slow: more than ${most} waited for it, and nothing more is sent`;
  return `${JSON.stringify({ error })}\n`;
};
