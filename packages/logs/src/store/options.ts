import { LogsError } from '../errors.ts';

/** Where a log lies and how much of it is kept. */
export interface LogStoreOptions {
  /** The folder of the log; created with mode 0700. */
  readonly directory: string;
  /** The log's name: `node` gives `node.log`, `node-<UTC time>.log.gz`, `node.index`. */
  readonly name: string;
  /** Bytes from which on the live file is rotated. @default 104_857_600 (100 MiB) */
  readonly maxSizeBytes?: number;
  /** Milliseconds since the last rotation after which a live file that is not empty is rotated; null = by size only. @default null */
  readonly maxAgeMs?: number | null;
  /** Rotated files kept, 1 to 500. @default 10 */
  readonly maxFiles?: number;
  /** Bytes of live and rotated files together above which the oldest rotated ones go; null = no limit. @default null */
  readonly maxTotalBytes?: number | null;
  /** Rotated files are compressed with gzip. @default true */
  readonly compress?: boolean;
}

/** Options with nothing left out. */
export type CompleteOptions = Required<LogStoreOptions>;

const defaults = {
  maxSizeBytes: 100 * 1024 * 1024,
  maxAgeMs: null,
  maxFiles: 10,
  maxTotalBytes: null,
  compress: true,
} as const;

/** The smallest useful limit: below it the writers would be paused all the time. */
const smallestBytes = 4096;

/** Fills in what is missing. @throws LogsError `BAD_OPTION` for a number outside its range */
export function completeOptions(options: LogStoreOptions): CompleteOptions {
  const complete = { ...defaults, ...withoutUndefined(options) };
  const { maxSizeBytes, maxAgeMs, maxFiles, maxTotalBytes } = complete;
  check('maxSizeBytes', maxSizeBytes, smallestBytes, Number.MAX_SAFE_INTEGER);
  check('maxFiles', maxFiles, 1, 500);
  if (maxAgeMs !== null) check('maxAgeMs', maxAgeMs, 1000, Number.MAX_SAFE_INTEGER);
  if (maxTotalBytes !== null) check('maxTotalBytes', maxTotalBytes, 0, Number.MAX_SAFE_INTEGER);
  return complete;
}

function withoutUndefined(options: LogStoreOptions): LogStoreOptions {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as LogStoreOptions;
}

function check(option: string, value: number, least: number, most: number): void {
  if (Number.isFinite(value) && value >= least && value <= most) return;
  throw new LogsError(
    'BAD_OPTION',
    `${option} is ${value}: it must be a number from ${least} to ${most}`,
  );
}
