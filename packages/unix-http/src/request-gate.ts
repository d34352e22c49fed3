import { UnixHttpError } from './errors.ts';

/** Counts the requests under way, so that a daemon with nothing left to do ends after the last one and not amid it. */
interface RequestGate {
  /** True while a request is under way. */
  readonly busy: boolean;
  /**
   * Does the work of a request.
   *
   * @throws UnixHttpError `ENDING` once the gate is closed.
   */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Throws UnixHttpError `ENDING` once the gate is closed. */
  check(): void;
  /** From now on every request hears that the daemon is ending. */
  close(): void;
}

/**
 * Makes an open gate. `onIdle` is called a moment after the last request under way is answered; `ending` is what a request hears once the
 * gate is closed.
 *
 * @example
 * const gate = createRequestGate('the daemon is ending', () => console.log('nothing is under way'));
 * const server = await serveJson(
 *   { host: '127.0.0.1', port: 9102 },
 *   { 'POST /stop': () => gate.pass(() => Promise.resolve({ status: 200, body: null })) },
 * );
 * gate.close();
 * await server.close();
 */
export function createRequestGate(ending: string, onIdle: () => void): RequestGate {
  let underWay = 0;
  let closed = false;

  function check(): void {
    if (closed) throw new UnixHttpError('ENDING', ending);
  }

  return {
    get busy() {
      return underWay > 0;
    },
    async pass(work) {
      check();
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        // The answer goes out first.
        setImmediate(() => {
          if (underWay === 0) onIdle();
        });
      }
    },
    check,
    close() {
      closed = true;
    },
  };
}
