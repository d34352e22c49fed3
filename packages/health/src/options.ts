import type { RpcEndpoint } from './endpoint.ts';
import { HealthError } from './errors.ts';

/** What is checked, how often, and from when on it counts; times in milliseconds. */
export interface HealthOptions {
  /** Where the node answers JSON-RPC; null = nothing but the process can be watched. */
  readonly endpoint: RpcEndpoint | null;
  /** From the start of one check to the start of the next. @default 30_000 */
  readonly intervalMs: number;
  /** For one check, from connecting to the last byte. @default 5_000 */
  readonly timeoutMs: number;
  /** Checks without an answer, one after the other, until a restart is wanted. @default 3 */
  readonly failureThreshold: number;
  /** Fewer peers are reported; 0 = a node may be alone. @default 1 */
  readonly minPeers: number;
  /** Folder whose file system is watched for free space. @default null */
  readonly dataDirectory?: string | null;
  /**
   * Free bytes at which the node stops itself; below twice that the disk check fails, which is also where geth begins
   * to warn (cmd/utils/cmd.go @ v1.10.0 and later). 0 or null = no disk check.
   * @default 512 MiB
   */
  readonly minimumFreeDiskBytes?: number | null;
  /** Another node of the same chain, to tell a standing node from a standing chain. @default null */
  readonly referenceEndpoint?: RpcEndpoint | null;
  /** Time without any progress, while behind, until the node counts as stuck. @default 600_000 */
  readonly stuckAfterMs?: number;
}

/** Options with nothing left open. */
export type Thresholds = Required<HealthOptions>;

/** What is used where {@link createMonitor} is given nothing else. */
export const defaultHealthOptions: Omit<Thresholds, 'endpoint'> = {
  intervalMs: 30_000,
  timeoutMs: 5_000,
  failureThreshold: 3,
  minPeers: 1,
  dataDirectory: null,
  minimumFreeDiskBytes: 512 * 1024 * 1024,
  referenceEndpoint: null,
  stuckAfterMs: 600_000,
};

const least = {
  intervalMs: 10,
  timeoutMs: 10,
  failureThreshold: 1,
  minPeers: 0,
  stuckAfterMs: 1,
} as const;
// Longer timers fire at once in Node.
const most = 2 ** 31 - 1;

/** Fills in the defaults and refuses numbers that cannot work. */
export function resolveOptions(options: HealthOptions): Thresholds {
  const resolved: Thresholds = { ...defaultHealthOptions, ...options };
  for (const name of Object.keys(least) as (keyof typeof least)[]) {
    const value = resolved[name];
    if (Number.isFinite(value) && value >= least[name] && value <= most) continue;
    throw new HealthError(
      'bad-option',
      `${name} is ${value}: give a number from ${least[name]} to ${most}.`,
    );
  }
  return resolved;
}
