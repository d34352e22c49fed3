/** The windows that samples are kept for; each is drawn with the same number of steps. */
export const sampleWindows = ['15m', '6h', '24h'] as const;

/** A span of time up to now that samples are kept for. */
export type SampleWindow = (typeof sampleWindows)[number];

/** The series of a sample, oldest value first; null where nothing was known. */
export interface SampleValues {
  /** Number of the newest block. */
  readonly head: readonly (number | null)[];
  readonly peers: readonly (number | null)[];
  /** From 0 to 100; 100 when no block is missing. */
  readonly sync_percent: readonly (number | null)[];
  /** CPU of the node, in percent of a core. */
  readonly cpu_percent: readonly (number | null)[];
  /** Resident memory (RSS) of the node. */
  readonly memory_bytes: readonly (number | null)[];
  /** Free bytes of the disk that the node's data is on. */
  readonly disk_free_bytes: readonly (number | null)[];
  /** Milliseconds that the node took to answer the last health check. */
  readonly rpc_ms: readonly (number | null)[];
}

/** What `GET /v1/samples` answers: version 1 of its shape. Null means unknown. */
export interface SamplesReport {
  readonly schema: 1;
  readonly window_seconds: number;
  /** Seconds from one value to the next. */
  readonly step_seconds: number;
  /** The time of the newest values, ISO 8601, UTC; null where there are none. */
  readonly newest_at: string | null;
  /** Series of one length, at most 180 values each, up to now. */
  readonly values: SampleValues;
  /** Blocks a minute, measured over the window. */
  readonly blocks_per_minute: number | null;
  /** Forecast of when the disk has no free byte left; null where no clear trend leads there. */
  readonly disk_full_in_seconds: number | null;
}
