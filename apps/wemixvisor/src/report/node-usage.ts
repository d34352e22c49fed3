import { processUsage } from '@wemixvisor/process';

/** What the node uses of the machine. */
export interface NodeUsage {
  /** 100 is one core. */
  readonly cpuPercent: number;
  /** Memory that it holds (RSS). */
  readonly memoryBytes: number;
}

/** Looks at a process that was started at a time; null where it is gone or nobody can tell. Times are epoch milliseconds. */
export type UsageMeter = (pid: number, startedAt: number, now: number) => NodeUsage | null;

/** Two looks further apart say little of the present. */
const oldMs = 60_000;
/** Two looks closer together catch too few clock ticks. */
const soonMs = 1_000;

/** Makes a meter: CPU is measured since the look before, or since the start where that is long ago or was never. */
export function createUsageMeter(
  read: typeof processUsage = (pid) => processUsage(pid),
): UsageMeter {
  let last: { readonly pid: number; readonly at: number; readonly cpuMs: number } | null = null;
  let shown = 0;
  return (pid, startedAt, now) => {
    const usage = read(pid);
    if (usage === undefined) return null;
    const { cpuMs, residentBytes: memoryBytes } = usage;
    const age = last === null ? 0 : now - last.at;
    const known = last?.pid === pid && age >= 0;
    if (known && age < soonMs) return { cpuPercent: shown, memoryBytes };
    const since = known && age <= oldMs && last !== null ? last : { at: startedAt, cpuMs: 0 };
    shown = percent(cpuMs - since.cpuMs, now - since.at);
    last = { pid, at: now, cpuMs };
    return { cpuPercent: shown, memoryBytes };
  };
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.max(0, Math.round((part / whole) * 1000) / 10);
}
