import {
  judgeWatch,
  type WatchCondition,
  type WatchFacts,
  type WatchVerdict,
} from './judge-watch.ts';
import type { Schedule, UpgradePlan } from './plan.ts';

/** What is observed of the node, and of what its lifecycle makes of it. */
export interface UpgradeFacts extends WatchFacts {
  readonly state:
    | 'stopped'
    | 'starting'
    | 'running'
    | 'stopping'
    | 'upgrading'
    | 'crashed'
    | 'error';
  /** The operator wants it up. */
  readonly wanted: boolean;
  /** It follows the head of its chain and has nothing else to do. */
  readonly idle: boolean;
  /** Seconds between blocks; null where that is not known. */
  readonly blockSeconds: number | null;
  /** Milliseconds between two looks at its head. */
  readonly looksEveryMs: number;
  /** Why the lifecycle is where it is, in words. */
  readonly why: string | null;
}

/**
 * What is to be done next. Each is done from the record alone, so that it can be done again after a kill:
 * - `wait`: nothing, until something changes or the moment `until` (epoch milliseconds) has come.
 * - `stop`: begin the switch.
 * - `prepare`: the node is down: copy or put back its data, run the hook, then start the new program.
 * - `keep`: the new program has proved itself.
 * - `return`: it has not.
 * - `start-old`: the node is down: start the old program.
 * - `fail`: the switch cannot go on; the lifecycle stays as it is.
 */
export type UpgradeMove =
  | {
      readonly do: 'wait';
      readonly until: number | null;
      /** What the new program has shown so far; empty where it is not watched. */
      readonly conditions: readonly WatchCondition[];
      /** The height of the switch is so near that the next look at the head would come too late. */
      readonly isNear: boolean;
    }
  | { readonly do: 'stop' | 'prepare' | 'keep' | 'start-old' }
  | { readonly do: 'return' | 'fail'; readonly reason: string };

const wait = (
  until: number | null = null,
  conditions: readonly WatchCondition[] = [],
  isNear = false,
): UpgradeMove => ({ do: 'wait', until, conditions, isNear });

/**
 * The next move of a plan: a pure function of the plan and of what is observed. Called at each change, at each check and when the time of the
 * last `wait` has come, it needs no memory: a supervisor that was killed in any step goes on from the record.
 *
 * @example
 * const move = (plan: Parameters<typeof nextMove>[0], seen: Parameters<typeof nextMove>[1]) => nextMove(plan, seen).do;
 */
export function nextMove(plan: UpgradePlan, seen: UpgradeFacts): UpgradeMove {
  switch (plan.step) {
    case 'waiting':
      return isDue(plan.schedule, seen)
        ? { do: 'stop' }
        : wait(nextTime(plan.schedule, seen.now), [], isNear(plan.schedule, seen));
    case 'stopping':
      return whileDown(seen, { do: 'prepare' });
    case 'preparing':
      return whileDown(seen, { do: 'prepare' });
    case 'going-back':
      return whileDown(seen, { do: 'start-old' });
    case 'watching':
      return whileWatched(plan, seen);
    case 'kept':
    case 'gone-back':
    case 'held':
    case 'cancelled':
    case 'failed':
      return wait();
  }
}

/** The node is on its way down, or is down. A request of the operator may have turned it around: then it is asked to end again. */
function whileDown({ state, why }: UpgradeFacts, then: UpgradeMove): UpgradeMove {
  switch (state) {
    case 'stopping':
      return wait();
    case 'upgrading':
      return then;
    case 'error':
      return { do: 'fail', reason: why ?? 'the node could not be stopped' };
    case 'stopped':
    case 'starting':
    case 'running':
    case 'crashed':
      return { do: 'stop' };
  }
}

function whileWatched(plan: UpgradePlan, seen: UpgradeFacts): UpgradeMove {
  // Nothing can be seen of a node that the operator stopped; its watch begins anew with its next start.
  if (seen.state === 'stopping' || (seen.state === 'stopped' && !seen.wanted)) return wait();
  const { verdict, reason, endsAt, conditions } = watchOf(plan, seen);
  switch (verdict) {
    case 'good':
      return { do: 'keep' };
    case 'bad':
      return { do: 'return', reason: reason ?? '' };
    case 'open':
      return wait(endsAt, conditions);
  }
}

/** The verdict on the node as it is seen now: one that is down although it is wanted up has ended. */
function watchOf(plan: UpgradePlan, seen: UpgradeFacts): WatchVerdict {
  const isDown = ['crashed', 'error', 'stopped', 'upgrading'].includes(seen.state);
  const ended =
    seen.ended ?? (isDown ? `the node is down: ${seen.why ?? 'nobody knows why'}` : null);
  return judgeWatch(plan, { ...seen, ended });
}

/** Whether the switch may begin. */
function isDue(schedule: Schedule, { now, head, idle }: UpgradeFacts): boolean {
  const { notBefore, latest, height, idle: onlyIdle } = schedule;
  if (latest !== null && now >= latest) return true;
  if (notBefore !== null && now < notBefore) return false;
  if (height !== null && (head === null || head < height)) return false;
  return idle || !onlyIdle;
}

/** Whether a height comes within two looks at the head. */
function isNear({ height }: Schedule, { head, blockSeconds, looksEveryMs }: UpgradeFacts): boolean {
  if (height === null || head === null || blockSeconds === null) return false;
  return (height - head) * blockSeconds * 1_000 < 2 * looksEveryMs;
}

/** The next moment that can make a difference by itself; null where only an observation can. */
function nextTime({ notBefore, latest }: Schedule, now: number): number | null {
  const ahead = [notBefore, latest].filter((time) => time !== null && time > now);
  return ahead.length === 0 ? null : Math.min(...(ahead as readonly number[]));
}
