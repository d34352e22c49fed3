/** A process group that writes the live file, and how to stop and resume it. */
export interface Pausable {
  /** The process group that `pause` stops. A guard process resumes it if this process dies during the pause. */
  readonly groupId: number;
  /** Sends SIGSTOP to the group; false when that is not possible. */
  pause(): boolean;
  /** Sends SIGCONT to the group. */
  resume(): void;
}

/**
 * Who writes the live file: a process group; `'this-thread'`, when only synchronous calls of this very thread write it, so that nothing can be
 * written during the last step of a rotation; null, which vouches that nobody writes.
 */
export type Writers = Pausable | 'this-thread' | null;

/** The writers that must be paused for the last step of a rotation; null when there is nothing to pause. */
export function pausableOf(writers: Writers): Pausable | null {
  return writers === 'this-thread' ? null : writers;
}
