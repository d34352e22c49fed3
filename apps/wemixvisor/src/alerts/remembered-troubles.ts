import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { alertEvents } from '../config/alert-events.ts';
import type { TrackedTrouble } from './track-troubles.ts';

/** What was told outlives a supervisor: the next one neither repeats it nor forgets to resolve it. */
export interface TroubleMemory {
  recall(): readonly TrackedTrouble[];
  /** Writes the file, readable by its owner only. Throws where that fails. */
  keep(troubles: readonly TrackedTrouble[]): void;
}

/** The memory in a file; one that is missing or damaged is an empty one. */
export function troubleMemory(file: string): TroubleMemory {
  return {
    recall() {
      try {
        const { troubles } = JSON.parse(readFileSync(file, 'utf8')) as { troubles?: unknown };
        return Array.isArray(troubles) ? troubles.filter(isTrouble) : [];
      } catch {
        return [];
      }
    },
    keep(troubles) {
      writeFileAtomic.sync(file, `${JSON.stringify({ schema: 1, troubles })}\n`, { mode: 0o600 });
    },
  };
}

/** The last moment that a Date can hold. */
const endOfTime = 8.64e15;
const isTime = (value: unknown) => typeof value === 'number' && value >= 0 && value <= endOfTime;
const isTimeOrNull = (value: unknown) => value === null || isTime(value);

function isTrouble(value: unknown): value is TrackedTrouble {
  if (typeof value !== 'object' || value === null) return false;
  const { key, event, severity, summary, since, toldAt, goneAt } = value as Record<string, unknown>;
  return (
    typeof key === 'string' &&
    (alertEvents as readonly unknown[]).includes(event) &&
    ['info', 'warning', 'critical'].includes(severity as string) &&
    typeof summary === 'string' &&
    isTime(since) &&
    isTimeOrNull(toldAt) &&
    isTimeOrNull(goneAt)
  );
}
