import { RotationAbandoned } from '../rotation-report.ts';

/** A process that has the live file open for writing. */
export interface FileHolder {
  readonly pid: number;
  /** The name of its program, as the system cuts it. */
  readonly name: string;
}

/** What the system knows of those who write a file. */
export interface WriterStates {
  /** The other processes that have a file open for writing, as far as they may be looked at. */
  readonly holders: (live: string) => readonly FileHolder[];
  /**
   * Prepares, before a process group is paused, to tell whether everybody who can write the file stands still. The processes that have nothing
   * to do with it are found before the pause, so that during it only members and new processes are looked at.
   *
   * @throws RotationAbandoned `cannot-pause` when it is known before that a pause is not safe: it is our own group, somebody outside the group
   * writes, or the operator stopped the group, which a resume would wake
   */
  readonly watch: (groupId: number, live: string) => () => boolean;
  /** Whether a member of a process group is stopped. */
  readonly someStopped: (groupId: number) => boolean;
}

const remedy =
  'start the node itself, without setsid, su or timeout before it, or keep the log on ext4 or xfs, where a rotation pauses nobody';

/** A writer outside the paused group. */
export function outsideGroup(pid: number, name: string): RotationAbandoned {
  return new RotationAbandoned(
    'cannot-pause',
    `process ${pid} (${name}) writes to the log and is not in the node's process group, so it cannot be paused; the log grows on: ${remedy}`,
  );
}

/** A process of another user that may have inherited the log. */
export function cannotStop(pid: number, name: string): RotationAbandoned {
  return new RotationAbandoned(
    'cannot-pause',
    `process ${pid} (${name}) of another user may write to the log and cannot be looked at; the log grows on: ${remedy}`,
  );
}

/** A member of the group stands still already. */
export function operatorStopped(pid: number): RotationAbandoned {
  return new RotationAbandoned(
    'cannot-pause',
    `process ${pid} of the node was stopped by a signal, and the end of a pause would wake it: the log is rotated once it runs again (kill -CONT ${pid})`,
  );
}

/** Whoever would be paused rotates itself, or is told to pause its own group by the number 0. */
export function ownGroup(groupId: number): RotationAbandoned {
  return new RotationAbandoned(
    'cannot-pause',
    `the process group ${groupId} is that of the program that rotates, which cannot pause itself: start the writer in a group of its own (detached: true)`,
  );
}
