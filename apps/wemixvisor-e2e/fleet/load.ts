import { readFileSync } from 'node:fs';

/** Clock ticks of the kernel in a second, as /proc counts CPU time on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

/** What the kernel has counted of a process at one moment. */
export interface Load {
  readonly atMs: number;
  readonly cpuMs: number;
}

/** CPU time that a process has taken up to now. */
export function loadOf(pid: number): Load {
  // The name of the program, in parentheses, may hold anything.
  const [, after = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const fields = after.split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { atMs: performance.now(), cpuMs: (ticks / ticksPerSecond) * 1_000 };
}

/** The share of a core between two moments, in percent. */
export function cpuPercent(before: Load, after: Load): number {
  return ((after.cpuMs - before.cpuMs) / (after.atMs - before.atMs)) * 100;
}

/** The memory of a process in MB: with shared pages counted in shares (PSS), and as a whole (RSS). */
export function memoryOf(pid: number): { readonly pss: number; readonly rss: number } {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string) =>
    (Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(rollup)?.[1]) * 1_024) / 1e6;
  return { pss: megabytes('Pss'), rss: megabytes('Rss') };
}

/** The least, the middle and the most of some figures. */
export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(2);
  return `${at(0)} to ${at(1)}, median ${at(0.5)}`;
}
