import {
  closeSync,
  fstatSync,
  futimesSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import type { Clock } from '../clock.ts';

/** A held lock. It is free again once it is released or its holder is gone. */
export interface Lock extends AsyncDisposable {
  /** Gives the lock back; harmless when repeated, and to a lock that somebody else has by now. `await using` does the same. */
  release(): void;
  /** Resolves, with the reason in words, when the file no longer is this holder's; never once it is released. */
  readonly lost: Promise<string>;
}

/** Milliseconds between two heartbeats of a holder; at each it looks whether the lock still is its own. */
export const beatMs = 2_000;

/**
 * Holds on to a lock: touches its file at every beat, so that other PID namespaces see that the holder lives, and looks
 * whether the file by that name still is the one that was claimed. The open descriptor keeps its inode from being used again.
 */
export function keepLock(file: string, text: string, clock: Pick<Clock, 'setTimer'>): Lock {
  const descriptor = openSync(file, 'r+');
  let held = true;
  let cancel = () => {};
  let lose: (why: string) => void;
  const lost = new Promise<string>((resolve) => (lose = resolve));

  function giveUp(): void {
    held = false;
    cancel();
    closeSync(descriptor);
  }
  function beat(): void {
    const why = whyLost(file, { text, descriptor });
    if (why !== undefined) {
      giveUp();
      lose(why);
      return;
    }
    touch(descriptor);
    cancel = clock.setTimer(beat, beatMs);
  }
  function release(): void {
    if (!held) return;
    if (whyLost(file, { text, descriptor }) === undefined) rmSync(file, { force: true });
    giveUp();
  }
  beat();
  return {
    lost,
    release,
    async [Symbol.asyncDispose]() {
      release();
      await Promise.resolve();
    },
  };
}

/** Undefined while the lock is held, and where that cannot be found out: want of descriptors proves nothing. */
function whyLost(
  file: string,
  own: { readonly text: string; readonly descriptor: number },
): string | undefined {
  try {
    const [seen, ours] = [
      statSync(file, { bigint: true }),
      fstatSync(own.descriptor, { bigint: true }),
    ];
    if (seen.ino !== ours.ino || seen.dev !== ours.dev) return `${file} is another file now`;
    return readFileSync(file, 'utf8') === own.text ? undefined : `${file} names another holder now`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? `${file} has gone` : undefined;
  }
}

function touch(descriptor: number): void {
  const now = Date.now() / 1000;
  try {
    futimesSync(descriptor, now, now);
  } catch {
    // A full or read-only disk: the next beat tries again.
  }
}
