import type { NodeRun } from './lifecycle/state.ts';
import type { Platform } from './platform/platform.ts';

/** What the kernel says of a process that SIGKILL ended, where it killed it for lack of memory; else null. */
export function lackOfMemory(
  { identity, killsBefore: before }: NodeRun,
  { code, signal }: { readonly code: number | null; readonly signal: string | null },
  platform: Platform,
): string | null {
  // A wrapper script reports the end of its child by a signal as 128 + its number.
  if (signal !== 'SIGKILL' && code !== 137) return null;
  const said = platform.memoryKillOf(identity);
  if (said !== undefined) return said;
  if (before === undefined) return null;
  // Of the group that the node was made in: this process may be in another one.
  const kills = (platform.memoryKills(before.group)?.count ?? 0) - before.count;
  if (kills <= 0) return null;
  return `the kernel killed ${kills} of this control group for lack of memory (oom_kill)`;
}
