import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';

/** A control group with a memory limit, which the kernel enforces by killing. */
export interface MemoryLimit extends AsyncDisposable {
  /** Runs what follows in the group. */
  readonly enter: readonly [string, ...string[]];
}

/** A group below that of this process; undefined where there can be none: it takes Linux, root and a memory controller that may be written. */
export function memoryLimit(mib: number): MemoryLimit | undefined {
  try {
    const [, v1] = /^\d+:(?:\S+,)?memory(?:,\S+)?:(.*)$/m.exec(ownGroups()) ?? [];
    const [, v2 = '/'] = /^0::(.*)$/m.exec(ownGroups()) ?? [];
    const above = v1 === undefined ? join('/sys/fs/cgroup', v2) : join('/sys/fs/cgroup/memory', v1);
    return groupIn(above, `${mib * 1024 * 1024}`);
  } catch {
    return undefined;
  }
}

const ownGroups = () => readFileSync('/proc/self/cgroup', 'utf8');

function groupIn(above: string, bytes: string): MemoryLimit | undefined {
  const group = join(above, `wemixvisor-test-${process.pid}`);
  mkdirSync(group);
  const set = (name: string, value: string) => {
    const file = join(group, name);
    if (existsSync(file)) writeFileSync(file, value);
    return existsSync(file);
  };
  try {
    const isLimited = [set('memory.max', bytes), set('memory.limit_in_bytes', bytes)].includes(
      true,
    );
    // What is swapped out would not be over the limit.
    for (const [name, value] of [
      ['memory.swap.max', '0'],
      ['memory.swappiness', '0'],
    ] as const) {
      set(name, value);
    }
    if (!isLimited) throw new Error('no memory controller');
  } catch {
    rmdirSync(group);
    return undefined;
  }
  return {
    enter: ['sh', '-c', `echo 0 > '${group}/cgroup.procs' && exec "$@"`, 'sh'],
    [Symbol.asyncDispose]: async () => {
      // It can go when the last process in it has.
      await waitFor(() => readFileSync(join(group, 'cgroup.procs'), 'utf8') === '');
      rmdirSync(group);
    },
  };
}
