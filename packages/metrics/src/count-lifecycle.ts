import type { CountedEvent, LifecycleFacts } from './counted-event.ts';
import { createDistribution, createLabelledCount, type LabelledCount } from './counts.ts';

type Change = Extract<CountedEvent, { type: 'lifecycle' }>['change'];
/** What is counted of the node's process. */
interface LifecycleCounters {
  starts: number;
  failedStarts: number;
  readonly restarts: LabelledCount;
  readonly refusedRestarts: LabelledCount;
  readonly exits: LabelledCount;
  readonly stopSeconds: ReturnType<typeof createDistribution>;
}

type Exit = NonNullable<LifecycleFacts['lastExit']>;

/** Counters of the node's process: those whose labels are known begin at 0. */
export function createLifecycleCounters(): LifecycleCounters {
  return {
    starts: 0,
    failedStarts: 0,
    restarts: createLabelledCount([
      ...['unknown', 'retry', 'short', 'hold'].map((kind) => ({ trigger: 'crash', class: kind })),
      { trigger: 'health' },
      { trigger: 'operator' },
    ]),
    refusedRestarts: createLabelledCount([
      ...['cannot-help', 'survivors', 'policy'].map((why) => ({ trigger: 'crash', why })),
      ...['refused', 'off', 'dry-run'].map((why) => ({ trigger: 'health', why })),
    ]),
    exits: createLabelledCount(
      [
        { end: 'unasked', cause: 'unknown' },
        ...['asked', 'grace-period', 'forced'].map((end) => ({ end })),
      ],
      { end: 'unasked', cause: 'other' },
    ),
    stopSeconds: createDistribution([1, 5, 15, 30, 60, 120, 300, 600, 1800]),
  };
}

/** Counts a change of the node's process. */
export function countLifecycle(counters: LifecycleCounters, change: Change): void {
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

function countExit(
  counters: LifecycleCounters,
  { before, after, event }: Change,
  exit: Exit,
): void {
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
