import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** What alerts need of the machine. */
export interface AlertPorts {
  /** Epoch milliseconds of a clock that never jumps, for spans of time. */
  steadyNow(): number;
  /** Epoch milliseconds by the wall clock, for people. */
  wallNow(): number;
  /** Calls back once after a delay in milliseconds; gives a function that calls it off. Keeps no process alive. */
  setTimer(delayMs: number, fire: () => void): () => void;
  /** A random number from 0 to 1. */
  random(): number;
  newId(): string;
  hostName(): string;
}

/** Clocks, timers and chance of this machine. */
export const realPorts: AlertPorts = {
  steadyNow: () => performance.timeOrigin + performance.now(),
  wallNow: () => Date.now(),
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, delayMs).unref();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  newId: () => randomUUID(),
  hostName: () => hostname(),
};
