/** Sends bytes on their way; they are the sender's until the promise settles. */
export type SendBytes = (bytes: Uint8Array) => Promise<void>;

/** Takes what is to be shown piece by piece. */
export interface GatheredOutput {
  /** Takes a piece; a promise to wait for before the next one when a piece made it send. */
  write(piece: Uint8Array | string): Promise<void> | undefined;
  /** Resolves when all that was taken is sent. */
  flush(): Promise<void>;
}

const capacity = 64 * 1024;

/**
 * Gathers pieces to one write of 64 KiB, since a system call for each line of a log takes most of the time of showing it. What there is goes
 * out at the latest when the event loop comes round, so that a follower sees each line at once.
 */
export function gatherOutput(send: SendBytes): GatheredOutput {
  const buffer = Buffer.allocUnsafeSlow(capacity);
  let filled = 0;
  let sending: Promise<void> | null = null;
  let comesRound: NodeJS.Immediate | null = null;

  const flush = (): Promise<void> => {
    if (sending !== null) return sending;
    if (comesRound !== null) clearImmediate(comesRound);
    comesRound = null;
    if (filled === 0) return Promise.resolve();
    sending = send(buffer.subarray(0, filled)).finally(() => {
      filled = 0;
      sending = null;
    });
    return sending;
  };
  const take = (piece: Uint8Array | string, length: number): void => {
    if (typeof piece === 'string') buffer.write(piece, filled);
    else buffer.set(piece, filled);
    filled += length;
    comesRound ??= setImmediate(() => void flush());
  };
  const sendFirst = async (piece: Uint8Array | string, length: number): Promise<void> => {
    while (sending !== null || filled + length > capacity) {
      await flush();
      if (length > capacity) return send(typeof piece === 'string' ? Buffer.from(piece) : piece);
    }
    take(piece, length);
  };
  return {
    write(piece) {
      const length = Buffer.byteLength(piece);
      if (sending === null && filled + length <= capacity) {
        take(piece, length);
        return undefined;
      }
      return sendFirst(piece, length);
    },
    flush,
  };
}
