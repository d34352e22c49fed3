import { processUsage } from './process-identity.ts';

/** What a process uses of the machine. */
interface MeteredUsage {
  /** Share of CPU in percent, to one decimal; 100 is one core. */
  readonly cpuPercent: number;
  /** Bytes of resident memory (RSS). */
  readonly memoryBytes: number;
  /** Milliseconds of CPU since it began. */
  readonly cpuMs: number;
}

/** Measures a process that was started at a time; null when it is gone or cannot be read. Times are epoch milliseconds. */
type UsageMeter = (pid: number, startedAt: number, now: number) => MeteredUsage | null;

/** Two measurements further apart say little of the present. */
const oldMs = 60_000;
/** Two measurements closer together catch too few clock ticks. */
const soonMs = 1_000;

/**
 * Makes a meter of one process at a time. CPU is measured since the previous call, and since the start of the process
 * when that call was over a minute ago or never came; within a second the previous value is returned.
 *
 * @example
 * const meter = createUsageMeter();
 * const startedAt = Date.now() - process.uptime() * 1_000;
 * const usage = meter(process.pid, startedAt, Date.now()); // { cpuPercent: 12.5, memoryBytes: 52_428_800, cpuMs: 900 } or null
 */
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
    if (known && age < soonMs) return { cpuPercent: shown, memoryBytes, cpuMs };
    const since = known && age <= oldMs && last !== null ? last : { at: startedAt, cpuMs: 0 };
    shown = percent(cpuMs - since.cpuMs, now - since.at);
    last = { pid, at: now, cpuMs };
    return { cpuPercent: shown, memoryBytes, cpuMs };
  };
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.max(0, Math.round((part / whole) * 1000) / 10);
}
