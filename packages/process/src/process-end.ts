import type { ProcessEnd } from './classify-exit.ts';
import type { ExitRecord } from './exit-record.ts';
import { lackOfMemory } from './lack-of-memory.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { Platform } from './platform/platform.ts';

/** What is known of the end of a node. */
export interface KnownEnd {
  readonly run: NodeRun;
  readonly generation: number;
  /** How its first process ended; undefined when that was not recorded. */
  readonly record: ExitRecord | undefined;
  /** Others of it outlived the first process. */
  readonly outlived: boolean;
  /** Epoch milliseconds at which the end of the last of them was seen. */
  readonly seenAt: number;
  /** How long it was up, by the monotonic clock; undefined for a node of another supervisor, or of none. */
  readonly upMs: number | undefined;
}

/** How and when a node ended: by the status of its first process, and at the end of its last one. */
export function processEnd(
  { run, generation, record, outlived, seenAt, upMs }: KnownEnd,
  platform: Platform,
): ProcessEnd {
  const { code = null, signal = null } = record ?? {};
  const recordedAt = outlived ? seenAt : (record?.at ?? seenAt);
  const at = Math.min(seenAt, Math.max(recordedAt, run.startedAt));
  const uptimeMs = Math.round(upMs ?? Math.max(0, at - run.startedAt));
  const { logMark = null } = run;
  const memory = { lackOfMemory: lackOfMemory(run, { code, signal }, platform) };
  return { generation, code, signal, at, seenAt, uptimeMs, logMark, ...memory };
}
