import type { Alert } from '../alert.ts';
import type { Condition, Judgement, Occurrence } from './condition.ts';

/** A condition from when it is first seen until it has been gone for long enough. Plain JSON. */
export interface AlertState extends Occurrence {
  /** Epoch milliseconds. */
  readonly since: number;
  /** When it was last notified, epoch milliseconds; null before that. */
  readonly notifiedAt: number | null;
  /** Since when it is gone, epoch milliseconds; null while it is present. */
  readonly goneAt: number | null;
  /** The step at which it was last notified, of a condition that has steps. */
  readonly step?: number;
}

/** A change of an alert state that the operator is notified of. */
export interface Notification {
  readonly status: Exclude<Alert['status'], 'notice' | 'test'>;
  readonly state: AlertState;
}

/** The states after a look, and the notifications that follow from it. */
export interface Tracked {
  readonly states: readonly AlertState[];
  readonly notifications: readonly Notification[];
}

/** The time of a look, and the delays. */
export interface Tracking {
  /** Epoch milliseconds of a clock that does not jump. */
  readonly now: number;
  /** Milliseconds that a condition must be gone. */
  readonly resolveAfterMs: number;
  /** Milliseconds between two notifications of the same condition; 0: no reminders. */
  readonly reminderMs: number;
}

/**
 * Compares the conditions of now with the earlier states. A condition is raised once it has lasted, raised again when
 * it gets worse, repeated as a reminder, one that has steps at each of them, and resolved once it has been gone for long enough. One that cannot be judged
 * now keeps its state. Pure.
 */
export function trackConditions(
  earlier: readonly AlertState[],
  judgement: Judgement,
  tracking: Tracking,
): Tracked {
  const states: AlertState[] = [];
  const notifications: Notification[] = [];
  const keys = new Set(judgement.conditions.map(({ key }) => key));
  for (const condition of judgement.conditions) {
    const known = earlier.find(({ key }) => key === condition.key);
    const { state, status } = whilePresent(known, condition, tracking);
    if (status !== null) notifications.push({ status, state });
    states.push(state);
  }
  for (const known of earlier.filter(({ key }) => !keys.has(key))) {
    const next = whileAbsent(known, judgement, tracking);
    if (next === 'resolved') notifications.push({ status: 'resolved', state: known });
    else if (next !== null) states.push(next);
  }
  return { states, notifications };
}

const ranks = { info: 0, warning: 1, critical: 2 } as const;

function whilePresent(
  known: AlertState | undefined,
  { holdMs, ...condition }: Condition,
  { now, reminderMs }: Tracking,
): { readonly state: AlertState; readonly status: 'raised' | 'reminder' | null } {
  // A clock that was set back between two supervisors must not hold a condition back for ever.
  const since = Math.min(known?.since ?? now, now);
  const notifiedAt = known?.notifiedAt ?? null;
  const { step, ...rest } = condition;
  const state = {
    ...(known?.step !== undefined && { step: known.step }),
    ...rest,
    since,
    notifiedAt,
    goneAt: null,
  };
  const notified = { ...condition, since, notifiedAt: now, goneAt: null };
  if (notifiedAt === null) {
    return now - since >= holdMs ? { state: notified, status: 'raised' } : { state, status: null };
  }
  if (ranks[condition.severity] > ranks[known?.severity ?? 'info']) {
    return { state: notified, status: 'raised' };
  }
  if (step !== undefined) {
    return step > (known?.step ?? 0)
      ? { state: notified, status: 'reminder' }
      : { state, status: null };
  }
  return reminderMs > 0 && now - notifiedAt >= reminderMs
    ? { state: notified, status: 'reminder' }
    : { state, status: null };
}

function whileAbsent(
  known: AlertState,
  { unjudged, over }: Judgement,
  { now, resolveAfterMs }: Tracking,
): AlertState | 'resolved' | null {
  if (over) return known.notifiedAt === null ? null : 'resolved';
  if (unjudged.has(known.event)) return known;
  if (known.notifiedAt === null) return null;
  const goneAt = Math.min(known.goneAt ?? now, now);
  return now - goneAt >= resolveAfterMs ? 'resolved' : { ...known, goneAt };
}
