import { freeDiskBytes } from './free-disk.ts';
import type { Membership } from './membership.ts';
import { createRpcClient } from './rpc/client.ts';

/** Time: `now` may jump, `monotonic` and timers never do. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment; it need not count while the machine sleeps. */
  monotonic(): number;
  /** Calls back once after a delay of at most 2^31-1 milliseconds; returns a function that cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** Why the rest of the network goes on without the node, in words; null where that is not known. */
export interface LeftBehind {
  /** Why it has few peers. */
  readonly peers: string | null;
  /** Why its head stands still. */
  readonly head: string | null;
}

/** The effects of this package, replaceable in tests: with all of them given, a monitor touches nothing real. */
export interface HealthPorts {
  /** @default the clock and timers of this machine */
  readonly clock: Clock;
  /** Connects to a node; a fake answers `batch(calls)` with one outcome per call. @default JSON-RPC over HTTP(S) or IPC */
  readonly createRpcClient: typeof createRpcClient;
  /** Free bytes for an ordinary user in the file system of a folder; null when they are not known. @default statfs(2) */
  readonly freeDiskBytes: (folder: string, timeoutMs: number) => Promise<number | null>;
  /**
   * Why the node stands still and what to do, in words, where it said so itself lately, as in its log. It is asked for
   * once the head has stood still for a minute. @default it never said so
   */
  readonly standstillReason: () => Promise<string | null>;
  /**
   * What the node says of its membership in a network whose members take turns, within that time; asked at each check.
   * @default it says nothing
   */
  readonly membership: (timeoutMs: number) => Promise<Membership | null>;
  /** Why a restart would not be made now, in words; null where it would be. @default never refused */
  readonly restartRefusal: () => string | null;
  /**
   * Why peers leave the node, and why its head stands still while the network goes on, in words, where that is known, as after a hard fork
   * that it does not have. @default not known
   */
  readonly leftBehind: () => LeftBehind;
}

/** The real clock. */
const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Fills in the real ports. */
export function withDefaultPorts(ports: Partial<HealthPorts>): HealthPorts {
  return {
    clock: ports.clock ?? systemClock,
    createRpcClient: ports.createRpcClient ?? createRpcClient,
    freeDiskBytes: ports.freeDiskBytes ?? freeDiskBytes,
    standstillReason: ports.standstillReason ?? (() => Promise.resolve(null)),
    membership: ports.membership ?? (() => Promise.resolve(null)),
    restartRefusal: ports.restartRefusal ?? (() => null),
    leftBehind: ports.leftBehind ?? (() => ({ peers: null, head: null })),
  };
}
