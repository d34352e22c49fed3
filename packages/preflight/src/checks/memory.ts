import { join } from 'node:path';
import { formatSize } from '../format-size.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';
import type { Surroundings } from '../surroundings.ts';

type Machine = Pick<PreflightPorts, 'platform' | 'readText'>;
type Node = Required<Pick<Surroundings, 'cacheBytes' | 'nodePid' | 'runningPid'>>;

/** With less of it in swap a node is not slowed down. */
const mostInSwap = 0.1;

/**
 * Is there memory for the node's cache, and is the node in it? geth keeps its cache to a third of the machine's memory, for Go's garbage
 * collector (SetEthConfig in cmd/utils/flags.go @ v1.17.5), and does not know of the limit of a control group. Linux only.
 */
export function checkMemory(
  { cacheBytes, nodePid, runningPid }: Node,
  machine: Machine,
): readonly Problem[] {
  if (machine.platform === 'darwin') return [];
  return [
    ...(cacheBytes === null ? [] : checkCache(cacheBytes, nodePid ?? runningPid, machine)),
    ...(nodePid === null ? [] : checkSwapped(nodePid, machine)),
  ];
}

function checkCache(cache: number, pid: number | null, machine: Machine): readonly Problem[] {
  const meminfo = machine.readText('/proc/meminfo');
  const machineBytes = kibibytes(meminfo, 'MemTotal') ?? Infinity;
  const limit = groupLimit(pid, machine);
  const used = Math.min(cache, machineBytes / 3);
  if (limit >= machineBytes || used <= limit / 3) return [];
  const swap = kibibytes(meminfo, 'SwapTotal') ? '' : ', and there is no swap';
  return [
    {
      check: 'memory',
      severity: 'warning',
      message: `the control group may take ${formatSize(limit)}, and the node has a cache of ${formatSize(used)}${swap}: the kernel will kill it`,
      remedy: `raise the limit (MemoryMax= of a unit, the memory of a container) to ${formatSize(used * 3)}, or lower --cache to ${Math.floor(limit / 3 / 1024 ** 2)}`,
    },
  ];
}

/** The least of the limits from the group of a process up to the root, of either version of control groups; Infinity where there is none. */
function groupLimit(pid: number | null, { readText }: Machine): number {
  const lines = readText(`/proc/${pid ?? 'self'}/cgroup`).split('\n');
  const of = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find(Boolean);
  const legacy = of(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/);
  const [root, path, file] =
    legacy === undefined
      ? ['/sys/fs/cgroup', of(/^0::(.*)$/) ?? '/', 'memory.max']
      : ['/sys/fs/cgroup/memory', legacy, 'memory.limit_in_bytes'];
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  const limits = [...parts.keys(), parts.length].map((count) =>
    Number.parseInt(readText(join(root, ...parts.slice(0, count), file)), 10),
  );
  return Math.min(...limits.filter((limit) => !Number.isNaN(limit)), Infinity);
}

function checkSwapped(pid: number, { readText }: Machine): readonly Problem[] {
  const status = readText(`/proc/${pid}/status`);
  const swapped = kibibytes(status, 'VmSwap') ?? 0;
  const resident = kibibytes(status, 'VmRSS') ?? 0;
  if (swapped <= mostInSwap * (swapped + resident)) return [];
  return [
    {
      check: 'memory',
      severity: 'warning',
      message: `${formatSize(swapped)} of the node is in swap, beside ${formatSize(resident)} in memory: it is slow, and its stop takes long`,
      remedy: 'give the machine more memory, run less beside the node, or lower --cache',
    },
  ];
}

/** A line of /proc in bytes; null where there is none. */
function kibibytes(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}
