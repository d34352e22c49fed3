import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryKills } from './platform.ts';
import { readText } from './read-text.ts';

/** The files that may count the kills in the control group of this process: memory.events (cgroup v2) or memory.oom_control (v1). */
export function memoryGroups(proc: string, groups: string): readonly string[] {
  const lines = (readText(join(proc, 'self/cgroup')) ?? '').split('\n');
  return lines.flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (line.startsWith('0::')) return [join(groups, path, 'memory.events')];
    return controllers.split(',').includes('memory')
      ? [join(groups, 'memory', path, 'memory.oom_control')]
      : [];
  });
}

/** The count of the first group that has one: `oom_kill`. */
export function memoryKills(candidates: readonly string[]): MemoryKills | undefined {
  const counted = candidates.flatMap((group) => {
    const count = /^oom_kill (\d+)$/m.exec(readText(group) ?? '')?.[1];
    return count === undefined ? [] : [{ group, count: Number(count) }];
  });
  return counted[0];
}

/** Reads of the kernel's log at most, a record each; its buffer holds some thousand. */
const mostRecords = 100_000;

/**
 * What the kernel's log says of a process that it killed for lack of memory (mm/oom_kill.c @ v6.1); undefined where it says nothing, or may not be read:
 * that takes CAP_SYSLOG, or kernel.dmesg_restrict = 0. `startTime` is in ticks of a hundredth since boot: an earlier process may have had the pid.
 */
export function memoryKillOf(
  log: string,
  { pid, startTime }: { readonly pid: number; readonly startTime: string },
): string | undefined {
  const startedUs = Number(startTime) * 10_000;
  const found = recordsOf(log).findLast((record) => {
    // Priority, sequence and microseconds since boot stand before the text (Documentation/ABI/testing/dev-kmsg).
    const [, us, text = ''] = /^\d+,\d+,(\d+),[^;]*;(.*)$/.exec(record) ?? [];
    return Number(us) >= startedUs && text.includes(`Killed process ${pid} (`);
  });
  return found?.slice(found.indexOf(';') + 1);
}

/** Each read of the log gives one record; it ends with an error where no more are there. */
function recordsOf(log: string): readonly string[] {
  const buffer = Buffer.alloc(8192);
  let descriptor: number | undefined;
  let text = '';
  try {
    descriptor = openSync(log, constants.O_RDONLY | constants.O_NONBLOCK);
    for (let reads = 0; reads < mostRecords; reads += 1) {
      const length = readRecord(descriptor, buffer);
      if (length === 0) break;
      text += buffer.toString('utf8', 0, length);
    }
  } catch {
    // EAGAIN ends the log; another error leaves what was read.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return text.split('\n');
}

/** A record that was overwritten before it was read is left out: EPIPE. */
function readRecord(descriptor: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    }
  }
}
