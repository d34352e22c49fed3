import {
  faultNames,
  faults,
  isPause,
  needsPause,
  type Action,
  type Fault,
  type FaultName,
} from './fault.ts';
import { seededRandom, type Random } from './random.ts';

/** One step of a life; without a fault it is waited for to its end. */
export interface Step {
  readonly action: Action;
  readonly fault: Fault | null;
}

/** What stands between the recorder and the node. */
export type Wrapper = 'none' | 'sh' | 'timeout' | 'setsid' | 'su';

/** A scripted life of one installation; the same seed gives the same plan. */
export interface Plan {
  readonly seed: number;
  /** Milliseconds that the node takes to stop. */
  readonly stopMs: number;
  /** How it crashes. */
  readonly crash: 'exit 1' | 'SIGKILL';
  readonly wrapper: Wrapper;
  /** Where the home is: on a file system whose files can be cut at the head, or in memory, where a rotation pauses the node. */
  readonly place: 'disk' | 'memory';
  /** Who gets the alerts: nobody, or a webhook that takes them and never answers. */
  readonly receiver: 'none' | 'hung';
  readonly steps: readonly Step[];
}

const longestDelayMs = 300;
/** A rotation is over in less; the delay counts from the moment it is seen. */
const longestRotationMs = 30;

/**
 * Draws a life of up to three steps with at least one fault, of those that are named. The first step starts the node;
 * whatever is asked makes sense at that point: only a node that is down is started, only one that is up crashes.
 */
export function planOf(seed: number, names: readonly FaultName[] = faultNames): Plan {
  const random = seededRandom(seed);
  const stopMs = random.between(0, 250);
  const crash = random.chance(0.5) ? 'SIGKILL' : 'exit 1';
  const place = random.pick({ disk: 3, memory: 1 });
  const wrapper = drawWrapper(random, place);
  const here = names.filter((name) => place === 'memory' || !needsPause(name));
  const count = random.between(2, 3);
  const steps: Step[] = [];
  let isUp = false;
  for (let index = 0; index < count; index += 1) {
    const noneYet = steps.every(({ fault }) => fault === null);
    // A step of a node that is up can be hit by any fault.
    const mustFail = noneYet && index === count - 1;
    const step = drawStep(random, isUp, mustFail, here);
    steps.push(step);
    isUp = isUpAfter(step);
  }
  const receiver = random.pick({ none: 2, hung: 1 });
  return { seed, stopMs, crash, wrapper, place, receiver, steps };
}

/** Whether a node is meant to run after a step. */
export function isUpAfter({ action, fault }: Step): boolean {
  return (fault?.recovery ?? action) !== 'stop';
}

/** A node in another process group than its wrapper cannot be paused, so in memory its log is not rotated. */
function drawWrapper(random: Random, place: Plan['place']): Wrapper {
  const others = place === 'disk' ? 1 : 0;
  return random.pick({ none: 5, sh: 1, timeout: others, setsid: others, su: others });
}

function drawStep(
  random: Random,
  isUp: boolean,
  mustFail: boolean,
  names: readonly FaultName[],
): Step {
  const possible = (action: Action) =>
    names.filter((name) => (faults[name].actions as readonly Action[]).includes(action));
  let action = drawAction(random, isUp);
  while (mustFail && isUp && names.length > 0 && possible(action).length === 0)
    action = drawAction(random, isUp);
  const choice = possible(action);
  const isHit = choice.length > 0 && (mustFail || random.chance(action === 'start' ? 0.4 : 0.75));
  return { action, fault: isHit ? drawFault(random, action, choice) : null };
}

function drawAction(random: Random, isUp: boolean): Action {
  return isUp ? random.pick({ run: 5, crash: 3, rotate: 3, stop: 3, restart: 3 }) : 'start';
}

function drawFault(random: Random, action: Action, choice: readonly FaultName[]): Fault {
  const weights = Object.fromEntries(choice.map((name) => [name, faults[name].weight]));
  const name = random.pick(weights) as FaultName;
  const afterMs = random.between(0, action === 'rotate' ? longestRotationMs : longestDelayMs);
  const forMs = isPause(name) ? random.between(300, 1500) : 0;
  // A start that was cut off, or whose record was lost, may not have left anything that a restart could repeat.
  const isRepeatable = action !== 'start' && !name.endsWith('-launch');
  const recovery = random.pick({ start: 5, stop: 3, restart: isRepeatable ? 2 : 0 });
  return { name, afterMs, forMs, recovery };
}

/** A plan in one line, for people. */
export function describePlan({
  seed,
  stopMs,
  crash,
  wrapper,
  place,
  receiver,
  steps,
}: Plan): string {
  const around = wrapper === 'none' ? '' : `, behind ${wrapper}`;
  const where = place === 'disk' ? '' : ', home in memory';
  const silent = receiver === 'none' ? '' : ', alerts to a silent receiver';
  const node = `stops in ${stopMs} ms, crashes by ${crash}${around}${where}${silent}`;
  return `seed ${seed} (${node}): ${steps.map(describeStep).join(', ')}`;
}

function describeStep({ action, fault }: Step): string {
  if (fault === null) return action;
  const { name, afterMs, forMs, recovery } = fault;
  return `${action} †${name}@${afterMs}ms${forMs > 0 ? ` for ${forMs}ms` : ''} → ${recovery}`;
}
