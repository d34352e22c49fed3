import type { RpcEndpoint } from './endpoint.ts';
import { HealthError } from './errors.ts';

/** What is checked, how often, and from which limits on it counts; times in milliseconds. */
export interface HealthOptions {
  /** Where the node answers JSON-RPC; null = only the process can be watched. */
  readonly endpoint: RpcEndpoint | null;
  /** From the start of one check to the start of the next. @default 30_000 */
  readonly intervalMs?: number;
  /** For one check, from connecting to the last byte. @default 5_000 */
  readonly timeoutMs?: number;
  /** Consecutive failed checks until a restart is wanted. @default 3 */
  readonly failureThreshold?: number;
  /** Fewer peers are reported; 0 = a node may be alone. @default 1 */
  readonly minPeers?: number;
  /** Folder whose file system is watched for free space. @default null */
  readonly dataDirectory?: string | null;
  /**
   * Free bytes at which the node stops itself. The disk check fails below twice that, which is also where geth begins
   * to warn (cmd/utils/cmd.go @ v1.10.0 and later). 0 or null = no disk check.
   * @default 512 MiB
   */
  readonly minimumFreeDiskBytes?: number | null;
  /** Another node of the same chain, to tell a stuck node from a stuck chain. @default null */
  readonly referenceEndpoint?: RpcEndpoint | null;
  /** The node has to answer already, as one that is not started here: silence is `unhealthy` at once, not a start that takes long. @default false */
  readonly expectAnswer?: boolean;
  /** Time without any progress, while behind, until the node counts as stuck. @default 600_000 */
  readonly stuckAfterMs?: number;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<HealthOptions>;

const defaults: Omit<ResolvedOptions, 'endpoint'> = {
  intervalMs: 30_000,
  timeoutMs: 5_000,
  failureThreshold: 3,
  minPeers: 1,
  dataDirectory: null,
  minimumFreeDiskBytes: 512 * 1024 * 1024,
  referenceEndpoint: null,
  expectAnswer: false,
  stuckAfterMs: 600_000,
};

const minimums = {
  intervalMs: 10,
  timeoutMs: 10,
  failureThreshold: 1,
  minPeers: 0,
  stuckAfterMs: 1,
} as const;
// Node fires a longer timer at once.
const maximum = 2 ** 31 - 1;

/**
 * Fills in the defaults.
 *
 * @throws HealthError `BAD_OPTION` for a number out of range.
 */
export function resolveOptions(options: HealthOptions): ResolvedOptions {
  const resolved: ResolvedOptions = { ...defaults, ...options };
  for (const name of Object.keys(minimums) as (keyof typeof minimums)[]) {
    const value = resolved[name];
    if (Number.isFinite(value) && value >= minimums[name] && value <= maximum) continue;
    throw new HealthError(
      'BAD_OPTION',
      `${name} is ${value}: give a number from ${minimums[name]} to ${maximum}.`,
    );
  }
  return resolved;
}
