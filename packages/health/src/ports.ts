import { freeDiskBytes } from './free-disk.ts';
import { createRpcClient } from './rpc/client.ts';

/** What the monitor needs from outside; the defaults are the real ones. */
export interface HealthPorts {
  /** Milliseconds of a clock that never jumps; it need not count while the machine sleeps. */
  readonly monotonicNow: () => number;
  /** Epoch milliseconds. */
  readonly wallNow: () => number;
  /** Calls back once after a delay in milliseconds; gives a function that calls it off. */
  readonly setTimer: (delayMs: number, fire: () => void) => () => void;
  readonly createRpcClient: typeof createRpcClient;
  /** Why a restart that is asked for would not be made now, in words; null where it would be. */
  readonly restartRefusal: () => string | null;
  /** Free bytes for an ordinary user in the file system of a folder; null when that cannot be told. */
  readonly freeDiskBytes: (folder: string, timeoutMs: number) => Promise<number | null>;
}

/** Clock, timers, network and disk of this machine; whoever restarts the node refuses nothing. */
export const realPorts: HealthPorts = {
  monotonicNow: () => performance.now(),
  wallNow: () => Date.now(),
  setTimer: (delayMs, fire) => {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
  createRpcClient,
  restartRefusal: () => null,
  freeDiskBytes: (folder, timeoutMs) => freeDiskBytes(folder, timeoutMs),
};
