import { SupervisorEnding } from '../control/operations.ts';

/** Counts the requests under way, so that a supervisor without a node ends after the last one and not amid it. */
export interface RequestGate {
  /** True while a request is under way. */
  readonly busy: boolean;
  /**
   * Does the work of a request.
   *
   * @throws SupervisorEnding once the gate is closed.
   */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Throws SupervisorEnding once the gate is closed. */
  check(): void;
  /** From now on every request hears that the supervisor is ending. */
  close(): void;
}

/** Makes an open gate. `onIdle` is called a moment after the last request under way is answered. */
export function createRequestGate(onIdle: () => void): RequestGate {
  let underWay = 0;
  let closed = false;

  function check(): void {
    if (closed) throw new SupervisorEnding('the supervisor is ending');
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
