import type { Clock } from './clock.ts';

/** Timers by name: arming one again replaces it. */
export interface Timers {
  arm(name: string, delayMs: number, callback: () => void): void;
  /** Keeps something that is already running under a name, with the function that cancels it. */
  keep(name: string, cancel: () => void): void;
  cancel(name: string): void;
  dispose(): void;
}

/** Creates an empty set of timers. */
export function createTimers(clock: Clock): Timers {
  const armed = new Map<string, () => void>();
  const cancel = (name: string): void => {
    armed.get(name)?.();
    armed.delete(name);
  };
  const keep = (name: string, end: () => void): void => {
    cancel(name);
    armed.set(name, end);
  };
  return {
    arm: (name, delayMs, callback) => keep(name, clock.setTimer(callback, delayMs)),
    keep,
    cancel,
    dispose: () => [...armed.keys()].forEach(cancel),
  };
}
