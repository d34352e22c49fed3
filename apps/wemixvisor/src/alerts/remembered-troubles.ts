import { alertEvents } from '../settings/alert-events.ts';
import { isTime, rememberedList, type Memory } from './json-file-list.ts';
import type { TrackedTrouble } from './track-troubles.ts';

/** What was told: the next supervisor neither repeats it nor forgets to resolve it. */
export const troubleMemory = (file: string): Memory<TrackedTrouble> =>
  rememberedList(file, 'troubles', isTrouble);

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
