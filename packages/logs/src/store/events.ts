import type { Interrupted } from './complete-interrupted.ts';
import type { RotationReport } from './rotate.ts';

/** What a store tells of its own accord. */
export type StoreEvent =
  | { readonly type: 'rotation'; readonly report: RotationReport }
  | { readonly type: 'recovered'; readonly rotation: Exclude<Interrupted['rotation'], 'none'> }
  | { readonly type: 'compressed'; readonly segment: string; readonly bytes: number }
  | { readonly type: 'removed'; readonly segments: readonly string[] }
  /** Less than 1 MiB is free: the node may be losing lines. Told once, then `disk-recovered`. */
  | { readonly type: 'disk-full'; readonly freeBytes: number }
  /** There is room again; lines of those milliseconds may be missing, and of how many the writer alone knows. */
  | { readonly type: 'disk-recovered'; readonly freeBytes: number; readonly fullMs: number }
  /** Another program cut the live file. */
  | { readonly type: 'truncated-by-other'; readonly lostBytes: number }
  /** Something else failed; the store goes on and tries again. */
  | { readonly type: 'trouble'; readonly error: Error };
