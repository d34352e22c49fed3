/** A process group that writes the live file, as whoever supervises it hands it over. */
export interface Pausable {
  /** The process group that `pause` stops; the guard wakes it should we die. */
  readonly groupId: number;
  /** Sends SIGSTOP to the group; false when that is not possible. */
  pause(): boolean;
  /** Sends SIGCONT to the group. */
  resume(): void;
}

/**
 * Who writes the live file: a process group; `'this-thread'`, when it is written by synchronous calls of this very thread and nobody else, so
 * that nothing can be written during the last step of a rotation; null, which vouches that nobody writes.
 */
export type Writers = Pausable | 'this-thread' | null;

/** Wakes writers that an earlier supervisor may have left paused. */
export function wake(writers: Writers): void {
  if (writers !== null && writers !== 'this-thread') writers.resume();
}

/** Milliseconds until a group that does not come to a stop is let go: a thread may hang in a slow disk. */
const deadlineMs = 250;
const tickMs = 0.2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Stops a group and waits until `hasStopped`; false when it does not in time, or that cannot be told. */
export function pauseGroup(pausable: Pausable, hasStopped: () => boolean): boolean {
  if (!pausable.pause()) return false;
  const deadline = performance.now() + deadlineMs;
  try {
    while (!hasStopped()) {
      if (performance.now() > deadline) return false;
      Atomics.wait(sleeper, 0, 0, tickMs);
    }
    return true;
  } catch {
    return false;
  }
}
