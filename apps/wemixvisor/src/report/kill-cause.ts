import type { LifecycleChange } from '@wemixvisor/process';

/** Why the node was killed: it was asked for (`stop --force`), or the node outlasted its grace period. */
export type KillCause = 'asked-for' | 'grace-period';

/** Why the present or latest process of the node was killed, after a change; the first cause counts. Null: it was not. */
export function killCauseAfter(
  known: KillCause | null,
  { before, after, event }: LifecycleChange,
): KillCause | null {
  if (before.generation !== after.generation) return null;
  if (known !== null || after.state !== 'stopping') return known;
  if (event.type === 'stopRequested' && event.force === true) return 'asked-for';
  return event.type === 'timerFired' ? 'grace-period' : null;
}

/** Why the node was killed, in words that follow `it was killed, `. */
export const killWords: Readonly<Record<KillCause, string>> = {
  'asked-for': 'as it was asked for (stop --force)',
  'grace-period': 'as it did not stop within its grace period',
};
