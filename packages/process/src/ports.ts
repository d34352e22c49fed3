import { systemClock, type Clock } from './clock.ts';
import { readExitRecord, type ExitRecord } from './exit-record.ts';
import { platformFor } from './platform/platform-for.ts';
import type { Platform } from './platform/platform.ts';
import { sendSignal } from './send-signal.ts';
import { spawnNode, type SpawnNode } from './spawn-node.ts';

/** The effects of this package, replaceable in tests. */
export interface ProcessPorts {
  readonly clock: Clock;
  readonly platform: Platform;
  /** Makes the child that becomes the node when it is released. */
  readonly spawn: SpawnNode;
  /** How the node of a generation ended; undefined while that is not recorded. */
  readonly readExit: (runDirectory: string, generation: number) => ExitRecord | undefined;
  /** Sends a signal to a pid, or to a group when the pid is negative; false when nobody received it. */
  readonly signal: (pid: number, signal: NodeJS.Signals) => boolean;
  /** A random number from 0 to 1. */
  readonly random: () => number;
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
