import type { NodeRun } from './lifecycle/state.ts';
import type { Platform } from './platform/platform.ts';

/** What the kernel says of a process that SIGKILL ended, where it killed it for lack of memory; else null. */
export function lackOfMemory(
  { identity, memoryKills: before }: NodeRun,
  { code, signal }: { readonly code: number | null; readonly signal: string | null },
  platform: Platform,
): string | null {
  // A wrapper script reports the end of its child by a signal as 128 + its number.
  if (signal !== 'SIGKILL' && code !== 137) return null;
  const said = platform.memoryKillOf(identity);
  if (said !== undefined) return said;
  const kills = (platform.memoryKills() ?? 0) - (before ?? Infinity);
  if (!(kills > 0)) return null;
  return `the kernel killed ${kills} of this control group for lack of memory (oom_kill)`;
}
