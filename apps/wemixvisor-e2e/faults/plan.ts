import { seededRandom, type Random } from './random.ts';

/** What happens to the node or is asked of wemixvisor. */
export type Action = 'start' | 'run' | 'crash' | 'rotate' | 'stop' | 'restart';

/** The command that has to put everything right after a kill. */
export type Recovery = 'start' | 'stop' | 'restart';

/** One kill -9 of the supervisor. */
export interface Kill {
  /** Milliseconds between the beginning of the step's action and the kill. */
  readonly afterMs: number;
  readonly recovery: Recovery;
}

/** One step of a life; without a kill it is waited for to its end. */
interface Step {
  readonly action: Action;
  readonly kill: Kill | null;
}

/** A scripted life of one installation; the same seed gives the same plan. */
export interface Plan {
  readonly seed: number;
  /** Milliseconds that the node takes to stop. */
  readonly stopMs: number;
  /** How it crashes. */
  readonly crash: 'exit 1' | 'SIGKILL';
  readonly steps: readonly Step[];
}

const longestDelayMs = 300;
/** A rotation is over in less; the delay counts from the moment it is seen. */
const longestRotationMs = 30;

/**
 * Draws a life of three to five steps with at least one kill. The first step starts the node; whatever is asked makes
 * sense at that point: only a node that is down is started, only one that is up crashes.
 */
export function planOf(seed: number): Plan {
  const random = seededRandom(seed);
  const stopMs = random.between(0, 250);
  const crash = random.chance(0.5) ? 'SIGKILL' : 'exit 1';
  const count = random.between(3, 5);
  const steps: Step[] = [];
  let isUp = false;
  for (let index = 0; index < count; index += 1) {
    const noneYet = steps.every(({ kill }) => kill === null);
    const mustKill = noneYet && index === count - 1;
    const step = drawStep(random, isUp, mustKill);
    steps.push(step);
    isUp = (step.kill?.recovery ?? step.action) !== 'stop';
  }
  return { seed, stopMs, crash, steps };
}

function drawStep(random: Random, isUp: boolean, mustKill: boolean): Step {
  const action = isUp
    ? random.pick({ run: 2, crash: 3, rotate: 3, stop: 3, restart: 3 })
    : ('start' as const);
  if (!mustKill && !random.chance(action === 'start' ? 0.4 : 0.6)) return { action, kill: null };
  const afterMs = random.between(0, action === 'rotate' ? longestRotationMs : longestDelayMs);
  // A start that was cut off may not have left anything that a restart could repeat.
  const recovery = random.pick({ start: 5, stop: 3, restart: action === 'start' ? 0 : 2 });
  return { action, kill: { afterMs, recovery } };
}

/** A plan in one line, for people. */
export function describePlan({ seed, stopMs, crash, steps }: Plan): string {
  const told = steps.map(({ action, kill }) =>
    kill === null ? action : `${action} †${kill.afterMs}ms → ${kill.recovery}`,
  );
  return `seed ${seed} (stops in ${stopMs} ms, crashes by ${crash}): ${told.join(', ')}`;
}
