import type { Clock } from '../clock.ts';
import type { LogMaintenance } from './log-maintenance.ts';
import type { Writers } from './rotate/writers.ts';

/** Milliseconds between two rounds on a log that is far from its limit: what a round costs is what an idle supervisor costs. */
const idleMs = 1000;
const shortestMs = 20;

/**
 * Milliseconds until the next round: when the log will be full if it goes on growing as it did, so that a fast one is not found far beyond its
 * limit; at most twice the last wait, so that a quiet log is looked at ever more rarely.
 */
export function nextRoundMs(remainingBytes: number, grownBytes: number, elapsedMs: number): number {
  const untilFull =
    grownBytes > 0 ? (Math.max(0, remainingBytes) / grownBytes) * elapsedMs : Infinity;
  return Math.min(idleMs, Math.max(shortestMs, Math.min(untilFull, 2 * elapsedMs)));
}

/** Maintains a log until stopped, one round at a time. */
export function createWatchLoop(
  maintenance: Pick<LogMaintenance, 'maintain' | 'liveBytes' | 'movedBytes' | 'options'>,
  clock: Clock,
) {
  let cancelTimer = (): void => undefined;
  let writers: (() => Writers) | null = null;
  let before = { written: 0, at: 0 };
  // Counts on across rotations, so that a log that was rotated during a round is known to grow as fast as it does.
  const written = (): number => maintenance.liveBytes() + maintenance.movedBytes();

  const round = async (): Promise<void> => {
    await maintenance.maintain(() => writers?.() ?? null);
    if (writers === null) return;
    const now = { written: written(), at: clock.monotonic() };
    const live = maintenance.liveBytes();
    const remaining = maintenance.options().maxSizeBytes - live;
    // A file that shrank otherwise is all new.
    const grown = now.written < before.written ? live : now.written - before.written;
    const delayMs = nextRoundMs(remaining, grown, now.at - before.at);
    before = now;
    cancelTimer = clock.setTimer(() => void round(), delayMs);
  };

  return {
    /** From the next round on these writers are asked for. */
    start(asked: () => Writers): void {
      const isRunning = writers !== null;
      writers = asked;
      if (isRunning) return;
      before = { written: written(), at: clock.monotonic() };
      cancelTimer = clock.setTimer(() => void round(), 0);
    },
    stop(): void {
      writers = null;
      cancelTimer();
    },
  };
}
