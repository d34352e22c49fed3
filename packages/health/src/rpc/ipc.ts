import { connect, type Socket } from 'node:net';

import { createJsonFrames } from './json-frames.ts';
import { connectionFailure, failed } from './failure.ts';
import type { Reply, Transport } from './transport.ts';

interface Pending {
  readonly accepts: (value: unknown) => boolean;
  readonly settle: (reply: Reply) => void;
}

/** Sends JSON-RPC over a Unix socket; it keeps one connection and opens a new one after any failure. */
export function createIpcTransport(path: string, maxResponseBytes: number): Transport {
  let socket: Socket | null = null;
  let pending: Pending | null = null;

  function end(reply: Reply) {
    socket?.destroy();
    socket = null;
    pending?.settle(reply);
  }

  function open(): Socket {
    const opened = connect(path);
    const frames = createJsonFrames(maxResponseBytes);
    // A late event of an abandoned socket must not end the exchange on the next one.
    const ifCurrent = (reply: () => Reply) => {
      if (socket === opened) end(reply());
    };
    opened.on('data', (chunk) => {
      try {
        const answer = frames.push(chunk).find((value) => pending?.accepts(value) === true);
        if (answer !== undefined) pending?.settle({ kind: 'value', value: answer });
      } catch (error) {
        const why = error instanceof RangeError ? error.message : 'something that is not JSON';
        ifCurrent(() => failed('invalid-response', `${path} answered with ${why}`));
      }
    });
    opened.on('error', (error) => ifCurrent(() => connectionFailure(error, path)));
    opened.on('close', () => ifCurrent(() => failed('unreachable', `${path} was closed`)));
    return opened;
  }

  return {
    prepare: () => Promise.resolve(),
    exchange(payload, { signal, accepts }) {
      return new Promise((resolve) => {
        const onAbort = () => end(failed('timeout', `${path} did not answer in time`));
        const settle = (reply: Reply) => {
          pending = null;
          signal.removeEventListener('abort', onAbort);
          resolve(reply);
        };
        pending = { accepts, settle };
        signal.addEventListener('abort', onAbort);
        socket ??= open();
        socket.write(payload);
      });
    },
    dispose() {
      end(failed('disposed', 'the client was disposed'));
    },
  };
}
