import type { Settings } from './settings.ts';

/** A node that cannot take its SIGTERM yet is waited for up to a minute first. */
const waitMs = 60_000;

/** Milliseconds that a stop may take at most; Infinity where no node is killed. */
export function longestStop({ stopTimeout, stopTimeoutMax }: Settings): number {
  return stopTimeout === 0 ? Infinity : waitMs + Math.max(stopTimeout, stopTimeoutMax);
}
