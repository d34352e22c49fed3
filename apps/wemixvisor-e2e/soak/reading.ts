import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a supervisor takes at one moment. */
export interface Reading {
  /** Descriptors that it has open. */
  readonly descriptors: number;
  readonly threads: number;
  /** Resident memory in KiB. */
  readonly memory: number;
  /** Files of the home, and their KiB. */
  readonly files: number;
  readonly bytes: number;
}

/**
 * The figures of a reading, and how much each may grow between two times: this share, and so many besides. The supervisor's
 * own log grows to 10 MiB before it is rotated.
 */
const allowances = {
  descriptors: { share: 0, more: 3 },
  threads: { share: 0, more: 1 },
  memory: { share: 0.1, more: 0 },
  files: { share: 0, more: 4 },
  bytes: { share: 0.1, more: 10 * 1024 },
} as const satisfies Readonly<Record<keyof Reading, { share: number; more: number }>>;

const figures = Object.keys(allowances) as readonly (keyof Reading)[];

/** Reads what a supervisor takes, from Linux's /proc and the folders of its home. */
export function readSupervisor(pid: number, home: string): Reading {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const ofStatus = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const sizes = ['run', 'logs', 'reports'].flatMap((folder) => sizesIn(join(home, folder)));
  return {
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    threads: ofStatus('Threads'),
    memory: ofStatus('VmRSS'),
    files: sizes.length,
    bytes: Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024),
  };
}

function sizesIn(folder: string): readonly number[] {
  try {
    const found = readdirSync(folder, { withFileTypes: true, recursive: true });
    return found
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  } catch {
    return []; // The folder does not exist, or a file of it was just renamed.
  }
}

/**
 * What grew: the median of the last fifth of the readings against that of the second fifth, as the first is the warm-up.
 * One line for each figure that grew by more than it may.
 */
export function growth(readings: readonly Reading[]): readonly string[] {
  const fifth = Math.floor(readings.length / 5);
  return figures.flatMap((figure) => {
    const of = (part: readonly Reading[]) => median(part.map((reading) => reading[figure]));
    const before = of(readings.slice(fifth, 2 * fifth));
    const after = of(readings.slice(-fifth));
    const { share, more } = allowances[figure];
    return after > before * (1 + share) + more ? [`${figure} grew from ${before} to ${after}`] : [];
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** A reading in one line. */
export function describeReading(reading: Reading): string {
  return figures.map((figure) => `${figure} ${reading[figure]}`).join(', ');
}
