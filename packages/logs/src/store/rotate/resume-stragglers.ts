import { setTimeout as sleep } from 'node:timers/promises';
import type { WriterStates } from './group-state/writer-states.ts';
import type { Pausable } from './writers.ts';

/** Milliseconds of real time before each look: a busy machine may run a straggler late. */
const beforeLooksMs = [5, 20, 50];

/**
 * Resumes again who stopped himself after the end of a pause: su(1) does that when it saw its child stopped, and would stand
 * still, deaf to the end of its child, until somebody wakes it.
 */
export async function resumeStragglers(
  pausable: Pausable,
  { someStopped }: Pick<WriterStates, 'someStopped'>,
  wait: (delayMs: number) => Promise<unknown> = sleep,
): Promise<void> {
  for (const delayMs of beforeLooksMs) {
    await wait(delayMs);
    if (someStopped(pausable.groupId)) pausable.resume();
  }
}
