import type { CountedEvent, LifecycleFacts } from './counted-event.ts';
import type { Counters } from './tally.ts';

type Change = Extract<CountedEvent, { type: 'lifecycle' }>['change'];
type Exit = NonNullable<LifecycleFacts['lastExit']>;

/** Counts a change of the node's process. */
export function countLifecycle(counters: Counters, change: Change): void {
  const { before, after, event } = change;
  if (event.type === 'spawned') counters.starts += 1;
  if (event.type === 'spawnFailed') counters.failedStarts += 1;
  const { lastExit } = after;
  if (lastExit !== null && before.lastExit !== lastExit) {
    countExit(counters, change, lastExit);
  }
  for (const trigger of ['crash', 'health', 'operator'] as const) {
    // They begin anew with each start that an operator asks for.
    const more = after.restarts[trigger] - before.restarts[trigger];
    if (more <= 0) continue;
    const kind = lastExit?.diagnosis?.class ?? 'unknown';
    counters.restarts.add(trigger === 'crash' ? { trigger, class: kind } : { trigger }, more);
  }
}

function countExit(counters: Counters, { before, after, event }: Change, exit: Exit): void {
  const { cause: end, diagnosis, at } = exit;
  const isUnasked = end === 'unasked';
  counters.exits.add(isUnasked ? { end, cause: diagnosis?.cause ?? 'unknown' } : { end });
  if (!isUnasked && before.state === 'stopping' && before.since !== null) {
    counters.stopSeconds.add(Math.max(0, at - before.since) / 1000);
  }
  if (isUnasked && after.state === 'error') {
    counters.refusedRestarts.add({ trigger: 'crash', why: refusalOf(event, diagnosis?.class) });
  }
}

function refusalOf({ left = [] }: Change['event'], kind: string | undefined): string {
  if (left.length > 0) return 'survivors';
  return kind === 'never' ? 'cannot-help' : 'policy';
}
