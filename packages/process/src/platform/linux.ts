import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../ports.ts';

/** Processes as Linux shows them under /proc (proc_pid_stat(5)). */
export function linux(proc = '/proc'): Platform {
  let bootId: string | undefined;
  return {
    identify(pid) {
      const startTime = startTimeIn(read(join(proc, String(pid), 'stat')));
      if (startTime === undefined) return undefined;
      bootId ??= read(join(proc, 'sys/kernel/random/boot_id'))?.trim() ?? '';
      return { pid, startTime, bootId, executable: link(join(proc, String(pid), 'exe')) };
    },
    commandLine: (pid) => read(join(proc, String(pid), 'cmdline')),
    mayExist: () => true, // the full look is cheap here
    identifyEveryMs: 0,
  };
}

/**
 * Field 22 of /proc/PID/stat, in clock ticks since boot; undefined for a zombie or dead process.
 * The name (field 2) may hold blanks and brackets, so fields are counted from its last bracket.
 */
function startTimeIn(stat: string | undefined): string | undefined {
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'X'] = fields;
  return 'ZXx'.includes(state) ? undefined : fields[19];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function link(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null; // another user's process, or a kernel thread
  }
}
