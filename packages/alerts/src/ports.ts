import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import writeFileAtomic from 'write-file-atomic';
import { runHook } from './channels/exec-hook.ts';
import { postAlert, sendHeartbeat } from './channels/webhook.ts';

/** Time: `now` may jump, `monotonic` and timers never do. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment. */
  monotonic(): number;
  /** Calls back once after a delay of at most 2^31-1 milliseconds; returns a function that cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The effects of this package, replaceable in tests: with all of them given, alerts touch nothing real. */
export interface AlertPorts {
  /** @default the clock and timers of this machine; the timers keep no process alive */
  readonly clock: Clock;
  /** A number from 0 to 1. @default Math.random */
  readonly random: () => number;
  /** A new id for an alert. @default a random UUID */
  readonly newId: () => string;
  /** @default the name of this host */
  readonly hostName: () => string;
  /** The text of a file; throws where it cannot be read. */
  readonly readFile: (file: string) => string;
  /** Replaces a file atomically, readable by its owner only; throws where that fails. */
  readonly writeFile: (file: string, text: string) => void;
  /** Posts an alert once; never rejects. */
  readonly postAlert: typeof postAlert;
  /** Asks the address of a heartbeat once; never rejects. */
  readonly sendHeartbeat: typeof sendHeartbeat;
  /** Runs a program for an alert once; never rejects. */
  readonly runHook: typeof runHook;
}

/** The ports with what follows from them. */
export interface ResolvedPorts extends AlertPorts {
  /** Epoch milliseconds of a clock that never jumps, for spans of time that outlive the process. */
  readonly steadyNow: () => number;
}

const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** Fills in the real ports. */
export function withDefaultPorts(ports: Partial<AlertPorts>): ResolvedPorts {
  const clock = ports.clock ?? systemClock;
  const origin = clock.now() - clock.monotonic();
  return {
    clock,
    random: ports.random ?? Math.random,
    newId: ports.newId ?? randomUUID,
    hostName: ports.hostName ?? hostname,
    readFile: ports.readFile ?? ((file) => readFileSync(file, 'utf8')),
    writeFile:
      ports.writeFile ?? ((file, text) => writeFileAtomic.sync(file, text, { mode: 0o600 })),
    postAlert: ports.postAlert ?? postAlert,
    sendHeartbeat: ports.sendHeartbeat ?? sendHeartbeat,
    runHook: ports.runHook ?? runHook,
    steadyNow: () => origin + clock.monotonic(),
  };
}
