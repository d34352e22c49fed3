import type { UpgradePlan } from './plan.ts';

/** What a check found. That of `@wemixvisor/health` has this shape. */
interface Found {
  readonly head: { readonly number: number; readonly blockIntervalSeconds: number | null } | null;
  readonly checks: { readonly head_progress: { readonly healthy: boolean | null } };
}

/** What is remembered of a node between two looks at it. */
interface Witness<F extends Found> {
  /** The last check that the node has answered, as its successor may be starting when it is asked for; null where there was none. */
  readonly last: F | null;
  /** Notes what a check has found. */
  note(found: F): void;
  /** Seconds between blocks by their timestamps, or as they were seen where these tell a second or less; null where none was seen. */
  pace(found: F): number | null;
  /** Since when it is seen that the watch of the process that began at `startedAt` is over; null where it is not. Epoch milliseconds. */
  overdueSince(
    plan: Pick<UpgradePlan, 'step' | 'watchMs'>,
    startedAt: number | null,
    now: number,
  ): number | null;
}

/**
 * Remembers of a node what the next move of its upgrade is judged by. `now` is in milliseconds of a clock that never jumps.
 *
 * @example
 * const witness = createWitness();
 * witness.note({ head: { number: 7, blockIntervalSeconds: 12 }, checks: { head_progress: { healthy: true } } });
 */
export function createWitness<F extends Found>(
  now: () => number = () => performance.now(),
): Witness<F> {
  let known: F | null = null;
  let last: { readonly at: number; readonly number: number } | null = null;
  let seen = Infinity;
  let overdue: { readonly startedAt: number; readonly at: number } | null = null;
  return {
    get last() {
      return known;
    },
    note(found) {
      if (found.head === null) return;
      known = found;
      const { number } = found.head;
      if (number === last?.number) return;
      const at = now();
      if (last !== null && number > last.number) {
        seen = (at - last.at) / 1_000 / (number - last.number);
      }
      last = { at, number };
    },
    pace({ head, checks }) {
      const told = head?.blockIntervalSeconds ?? null;
      if (told === null || checks.head_progress.healthy === false) return null;
      return told > 1 ? told : Math.min(told, seen);
    },
    overdueSince({ step, watchMs }, startedAt, at) {
      if (step !== 'watching' || startedAt === null || at < startedAt + watchMs) return null;
      if (overdue?.startedAt !== startedAt) overdue = { startedAt, at };
      return overdue.at;
    },
  };
}
