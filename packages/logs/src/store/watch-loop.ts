import type { Keeper } from './keeper.ts';
import type { Writers } from './pausable.ts';

/** Milliseconds between two looks at a log that is far from its limit: what a look costs is what an idle supervisor costs. */
const idleMs = 1000;
const shortestMs = 20;

/**
 * Milliseconds until the next look: when the log will be full, should it go on growing as it did, so that one that grows fast is not found far
 * beyond its limit; at most twice as long as the last wait, so that a quiet log is looked at ever more rarely.
 */
export function nextLookMs(remainingBytes: number, grownBytes: number, elapsedMs: number): number {
  const untilFull =
    grownBytes > 0 ? (Math.max(0, remainingBytes) / grownBytes) * elapsedMs : Infinity;
  return Math.min(idleMs, Math.max(shortestMs, Math.min(untilFull, 2 * elapsedMs)));
}

/** Tends a log until stopped. Never two rounds at a time. */
export function createWatchLoop(keeper: Keeper) {
  let timer: NodeJS.Timeout | null = null;
  let writers: (() => Writers) | null = null;
  let before = { bytes: 0, at: 0 };

  const round = async (): Promise<void> => {
    await keeper.tend(() => writers?.() ?? null);
    if (writers === null) return;
    const now = { bytes: keeper.liveBytes(), at: performance.now() };
    const remaining = keeper.options().maxSizeBytes - now.bytes;
    // A file that shrank was rotated: all of it is new.
    const grown = now.bytes - (now.bytes < before.bytes ? 0 : before.bytes);
    const delay = nextLookMs(remaining, grown, now.at - before.at);
    before = now;
    timer = setTimeout(() => void round(), delay);
  };

  return {
    start(asked: () => Writers): void {
      const isRunning = writers !== null;
      writers = asked;
      if (isRunning) return;
      before = { bytes: keeper.liveBytes(), at: performance.now() };
      timer = setTimeout(() => void round(), 0);
    },
    stop(): void {
      writers = null;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
