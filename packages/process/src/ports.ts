import { ProcessError } from './errors.ts';
import { readExitRecord, type ExitRecord } from './exit-record.ts';
import { darwin } from './platform/darwin.ts';
import { linux } from './platform/linux.ts';
import { spawnNode, type SpawnNode } from './spawn-node.ts';

/** What makes a process itself and no later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Kernel start time in the platform's own notation; it does not change at exec. */
  readonly startTime: string;
  /** Changes at each boot of the machine. */
  readonly bootId: string;
  /** Path of the program; null where it cannot be read. It may change at exec or when the file is replaced. */
  readonly executable: string | null;
}

/** What a process has used of the machine. */
export interface ProcessUsage {
  /** Milliseconds of CPU since it began, in user and system mode, over all cores. */
  readonly cpuMs: number;
  /** Bytes of memory that it holds at this moment (RSS). */
  readonly residentBytes: number;
}

/** What the operating system can say about processes. */
export interface Platform {
  /** The live process with this pid; undefined when there is none. A zombie is gone. */
  identify(pid: number): ProcessIdentity | undefined;
  /** Its arguments; undefined when it is gone or they cannot be read. */
  commandLine(pid: number): string | undefined;
  /** What it has used; undefined when it is gone or that cannot be read. */
  usage(pid: number): ProcessUsage | undefined;
  /** A look that costs next to nothing and may take a zombie or a later process for it; false is certain. */
  mayExist(pid: number): boolean;
  /** Milliseconds between two full identifications of a watched process; cheap looks go on in between. */
  readonly identifyEveryMs: number;
}

/** Time: `now` may jump, `monotonic` and timers never do. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment. */
  monotonic(): number;
  /** Calls back once after so many milliseconds; the answer cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The effects of this package, replaceable in tests. */
export interface ProcessPorts {
  readonly clock: Clock;
  readonly platform: Platform;
  /** Makes the child that becomes the node when it is released. */
  readonly spawn: SpawnNode;
  /** How the node of a generation ended; undefined while nobody has written it down. */
  readonly readExit: (runDirectory: string, generation: number) => ExitRecord | undefined;
  /** Sends a signal to a pid, or to a group when the pid is negative; false when nobody got it. */
  readonly signal: (pid: number, signal: NodeJS.Signals) => boolean;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** Node's timers hold at most 2^31-1 ms (24.8 days); longer waits are made of several. */
const longestTimer = 2 ** 31 - 1;

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs) {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const next = left - longestTimer;
      timer = setTimeout(next > 0 ? () => arm(next) : callback, Math.min(left, longestTimer));
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};

/** Sends a signal with kill(2). */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/**
 * The view of processes on the given operating system.
 *
 * @throws ProcessError PLATFORM_UNSUPPORTED on others than linux and darwin.
 */
export function platformFor(name: NodeJS.Platform): Platform {
  if (name === 'linux') return linux();
  if (name === 'darwin') return darwin();
  throw new ProcessError(
    'PLATFORM_UNSUPPORTED',
    `processes cannot be told apart on ${name}: run it on linux or darwin`,
  );
}

/** The real ports, with those given in their place. */
export function withDefaults(ports: Partial<ProcessPorts> = {}): ProcessPorts {
  return {
    clock: ports.clock ?? systemClock,
    platform: ports.platform ?? platformFor(process.platform),
    spawn: ports.spawn ?? spawnNode,
    readExit: ports.readExit ?? readExitRecord,
    signal: ports.signal ?? sendSignal,
    random: ports.random ?? Math.random,
  };
}
