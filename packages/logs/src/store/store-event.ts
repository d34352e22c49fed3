import type { Recovery } from './rotate/recovery.ts';
import type { RotationReport } from './rotate/rotation-report.ts';

/** What a store reports on its own initiative. */
export type StoreEvent =
  | { readonly type: 'rotation'; readonly report: RotationReport }
  | { readonly type: 'recovered'; readonly rotation: Exclude<Recovery, 'none'> }
  | { readonly type: 'compressed'; readonly segment: string; readonly bytes: number }
  | { readonly type: 'removed'; readonly segments: readonly string[] }
  /** Less than 1 MiB is free: the writer may be losing lines. Sent once, then `disk-recovered`. */
  | { readonly type: 'disk-full'; readonly freeBytes: number }
  /** There is room again; lines of those milliseconds may be missing, and how many only the writer knows. */
  | { readonly type: 'disk-recovered'; readonly freeBytes: number; readonly fullMs: number }
  /** Another program truncated the live file. */
  | { readonly type: 'truncated-by-other'; readonly lostBytes: number }
  /** The writers cannot be paused for a rotation, why, and what to do. Sent once, until a rotation succeeds or something else is in its way. */
  | { readonly type: 'cannot-pause'; readonly error: Error }
  /** Another program moved the live file away or replaced it, and what to do. Sent once for each time. */
  | { readonly type: 'moved-by-other'; readonly error: Error }
  /** Something else failed; the store goes on and tries again. */
  | { readonly type: 'error'; readonly error: Error };
