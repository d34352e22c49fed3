import type { Clock } from '../clock.ts';

/** Lines alike that pass in one window. */
const mostAlike = 10;

/** Milliseconds from the first of them. */
const windowMs = 60_000;

/** Kinds of lines that are remembered; a flood of lines that all differ must not take the memory. */
const mostKinds = 1_000;

/** Lines of one kind that did not pass. */
interface LeftOut {
  readonly kind: string;
  readonly times: number;
}

/** Lets ten lines of a kind pass in a minute, and counts the others. */
export interface RepeatLimit {
  /** Whether a line of this kind passes now. */
  passes(kind: string): boolean;
  /** What was left out in windows that are over, or in all; each is told once. */
  leftOut(all?: boolean): readonly LeftOut[];
}

/** Makes a limit that has seen nothing. */
export function createRepeatLimit(clock: Pick<Clock, 'monotonic'>): RepeatLimit {
  // In the order of their beginnings.
  const windows = new Map<string, { readonly since: number; times: number }>();
  return {
    passes(kind) {
      const window = windows.get(kind) ?? { since: clock.monotonic(), times: 0 };
      windows.set(kind, window);
      window.times += 1;
      return window.times <= mostAlike;
    },
    leftOut(all = false) {
      const told: LeftOut[] = [];
      for (const [kind, { since, times }] of windows) {
        const isOver = clock.monotonic() - since >= windowMs || windows.size > mostKinds;
        if (!isOver && !all) break;
        windows.delete(kind);
        if (times > mostAlike) told.push({ kind, times: times - mostAlike });
      }
      return told;
    },
  };
}
