import type { Alert, Trouble } from './alert.ts';
import type { Judgement } from './alert-facts.ts';

/** A trouble from when it was first seen until it was gone for long enough. Plain JSON. */
export interface TrackedTrouble extends Omit<Trouble, 'holdMs'> {
  /** Epoch milliseconds. */
  readonly since: number;
  /** When it was last told; null while it is held back. */
  readonly toldAt: number | null;
  /** Since when it is gone; null while it stands. */
  readonly goneAt: number | null;
}

/** Something to tell. */
export interface Telling {
  readonly status: Exclude<Alert['status'], 'notice' | 'test'>;
  readonly trouble: TrackedTrouble;
}

/** What is known after a look, and what is to be told of it. */
export interface Tracked {
  readonly troubles: readonly TrackedTrouble[];
  readonly tellings: readonly Telling[];
}

/** When, and how patient to be. */
export interface Tracking {
  /** Epoch milliseconds of a clock that does not jump. */
  readonly now: number;
  /** Milliseconds that a trouble must be gone. */
  readonly resolveAfterMs: number;
  /** Milliseconds between two tellings of the same trouble; 0 tells once. */
  readonly reminderMs: number;
}

/**
 * Compares what is wrong now with what was: a trouble is told once when it has lasted, again when it became worse or
 * as a reminder, and as resolved when it is gone for good. One that cannot be judged now stays as it was. Pure.
 */
export function trackTroubles(
  earlier: readonly TrackedTrouble[],
  judgement: Judgement,
  tracking: Tracking,
): Tracked {
  const troubles: TrackedTrouble[] = [];
  const tellings: Telling[] = [];
  const keys = new Set(judgement.troubles.map(({ key }) => key));
  for (const seen of judgement.troubles) {
    const known = earlier.find(({ key }) => key === seen.key);
    const next = standing(known, seen, tracking);
    if (next.status !== null) tellings.push({ status: next.status, trouble: next.trouble });
    troubles.push(next.trouble);
  }
  for (const known of earlier.filter(({ key }) => !keys.has(key))) {
    const next = missing(known, judgement, tracking);
    if (next === 'resolved') tellings.push({ status: 'resolved', trouble: known });
    else if (next !== null) troubles.push(next);
  }
  return { troubles, tellings };
}

const ranks = { info: 0, warning: 1, critical: 2 } as const;

function standing(
  known: TrackedTrouble | undefined,
  { holdMs, ...seen }: Trouble,
  { now, reminderMs }: Tracking,
): { readonly trouble: TrackedTrouble; readonly status: 'raised' | 'reminder' | null } {
  // A clock that was set back between two supervisors must not hold a trouble for ever.
  const since = Math.min(known?.since ?? now, now);
  const toldAt = known?.toldAt ?? null;
  const trouble = { ...seen, since, toldAt, goneAt: null };
  const told = { ...trouble, toldAt: now };
  if (toldAt === null) {
    return now - since >= holdMs ? { trouble: told, status: 'raised' } : { trouble, status: null };
  }
  if (ranks[seen.severity] > ranks[known?.severity ?? 'info']) {
    return { trouble: told, status: 'raised' };
  }
  return reminderMs > 0 && now - toldAt >= reminderMs
    ? { trouble: told, status: 'reminder' }
    : { trouble, status: null };
}

function missing(
  known: TrackedTrouble,
  { unjudged, over }: Judgement,
  { now, resolveAfterMs }: Tracking,
): TrackedTrouble | 'resolved' | null {
  if (over) return known.toldAt === null ? null : 'resolved';
  if (unjudged.has(known.event)) return known;
  if (known.toldAt === null) return null;
  const goneAt = Math.min(known.goneAt ?? now, now);
  return now - goneAt >= resolveAfterMs ? 'resolved' : { ...known, goneAt };
}
