import { statSync } from 'node:fs';

/** Notices that another program moved the live file away, removed it, or put another in its place. */
export interface LiveIdentity {
  /** Whether the path leads to another file than before, or to none; true once for each change, also for the return of the file. */
  hasChanged(): boolean;
  /** Whether the path leads to the file that the writers were given. */
  isOurs(): boolean;
  /** The writers are given the file that is there now. */
  accept(): void;
}

/** Remembers the file that is there; a rotation does not change which it is. */
export function createLiveIdentity(
  live: string,
  inodeOf: (path: string) => number | null = systemInode,
): LiveIdentity {
  let ours = inodeOf(live);
  let last = ours;
  return {
    hasChanged() {
      const now = inodeOf(live);
      // Nobody was given a file yet.
      if (ours === null) {
        ours = now;
        last = now;
      }
      const changed = now !== last;
      last = now;
      return changed;
    },
    isOurs: () => ours === last,
    accept() {
      ours = inodeOf(live);
      last = ours;
    },
  };
}

function systemInode(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
