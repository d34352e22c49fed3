import {
  canBeAt,
  faultNames,
  faults,
  isEarly,
  isPassing,
  type Action,
  type Fault,
  type FaultName,
  type Place,
} from './fault.ts';
import { seededRandom, type Random } from './random.ts';

/** One step of a life; without a fault it is waited for to its end. */
export interface Step {
  readonly action: Action;
  readonly fault: Fault | null;
}

/** What stands between the recorder and the node. */
type Wrapper = 'none' | 'sh' | 'timeout' | 'setsid' | 'su';

/** A scripted life of one installation; the same seed gives the same plan. */
export interface Plan {
  readonly seed: number;
  /** Milliseconds that the node takes to stop. */
  readonly stopMs: number;
  /** How it crashes. */
  readonly crash: 'exit 1' | 'SIGKILL';
  readonly wrapper: Wrapper;
  readonly place: Place;
  /** Who gets the alerts: nobody, or a webhook that takes them and never answers. */
  readonly receiver: 'none' | 'hung';
  readonly steps: readonly Step[];
}

const longestDelayMs = 300;
/** A rotation is over in less; the delay counts from the moment it is seen. */
const longestRotationMs = 30;
const hour = 3_600;
const day = 24 * hour;
/** How far the clock jumps, in seconds. */
const jumps = { [-day]: 1, [-hour]: 1, [hour]: 1, [30 * day]: 1 };
const places = { disk: 6, memory: 2, small: 2 };

/**
 * Draws a life of up to three steps with at least one fault, of those that are named. The first step starts the node;
 * whatever is asked makes sense at that point: only a node that is down is started, only one that is up crashes.
 */
export function planOf(seed: number, names: readonly FaultName[] = faultNames): Plan {
  const random = seededRandom(seed);
  const stopMs = random.between(0, 250);
  const crash = random.chance(0.5) ? 'SIGKILL' : 'exit 1';
  const place = drawPlace(random, names);
  const wrapper = drawWrapper(random, place);
  const here = names.filter((name) => canBeAt(name, place));
  const steps = drawSteps(random, here, wrapper);
  const receiver = random.pick({ none: 2, hung: 1 });
  return { seed, stopMs, crash, wrapper, place, receiver, steps };
}

/** Draws again where the only faults that are named fall into none of the actions that were drawn. */
function drawSteps(random: Random, names: readonly FaultName[], wrapper: Wrapper): readonly Step[] {
  const count = random.between(2, 3);
  const steps: Step[] = [];
  let isUp = false;
  for (let index = 0; index < count; index += 1) {
    const mustFail = index === count - 1 && steps.every(({ fault }) => fault === null);
    const action = drawAction(random, isUp);
    const choice = names.filter((name) => canFallInto(name, action, wrapper));
    const step = drawStep(random, action, choice, mustFail);
    steps.push(step);
    isUp = isUpAfter(step);
  }
  return steps.some(({ fault }) => fault !== null) ? steps : drawSteps(random, names, wrapper);
}

/** Whether a node is meant to run after a step. */
export function isUpAfter({ action, fault }: Step): boolean {
  return (fault?.recovery ?? action) !== 'stop';
}

/** Only a place where something can happen makes a plan. */
function drawPlace(random: Random, names: readonly FaultName[]): Place {
  const isFit = (place: string) => names.some((name) => canBeAt(name, place as Place));
  const fit = Object.entries(places).filter(([place]) => isFit(place));
  return random.pick(Object.fromEntries(fit) as typeof places);
}

/**
 * A node in another process group than its wrapper cannot be paused, so in memory its log is not rotated. A SIGTERM that finds
 * su stopped, as it stops itself when its child is paused, is forgotten by su.
 */
function drawWrapper(random: Random, place: Plan['place']): Wrapper {
  const others = place === 'disk' ? 1 : 0;
  return random.pick({ none: 5, sh: 1, timeout: others, setsid: others, su: others });
}

/** Behind su a node that is paused while it is asked to stop would not hear of it. */
function canFallInto(name: FaultName, action: Action, wrapper: Wrapper): boolean {
  const isForgotten =
    wrapper === 'su' && name === 'pause-node' && (action === 'stop' || action === 'restart');
  return !isForgotten && (faults[name].actions as readonly Action[]).includes(action);
}

function drawStep(
  random: Random,
  action: Action,
  choice: readonly FaultName[],
  mustFail: boolean,
): Step {
  const isHit = choice.length > 0 && (mustFail || random.chance(action === 'start' ? 0.4 : 0.75));
  return { action, fault: isHit ? drawFault(random, action, choice) : null };
}

function drawAction(random: Random, isUp: boolean): Action {
  return isUp ? random.pick({ run: 5, crash: 3, rotate: 3, stop: 3, restart: 3 }) : 'start';
}

function drawFault(random: Random, action: Action, choice: readonly FaultName[]): Fault {
  const weights = Object.fromEntries(choice.map((name) => [name, faults[name].weight]));
  const name = random.pick(weights) as FaultName;
  const latestMs = action === 'rotate' ? longestRotationMs : longestDelayMs;
  const afterMs = isEarly(name) ? 0 : random.between(0, latestMs);
  const isJump = name === 'jump-clock';
  const isOver = isPassing(name) || (isJump && random.chance(0.5));
  const forMs = isOver ? random.between(300, 1500) : 0;
  // A start that was cut off, or whose record was lost, may not have left anything that a restart could repeat.
  const isRepeatable = action !== 'start' && !name.endsWith('-launch');
  const recovery = random.pick({ start: 5, stop: 3, restart: isRepeatable ? 2 : 0 });
  const fault = { name, afterMs, forMs, recovery };
  return isJump ? { ...fault, jumpSeconds: Number(random.pick(jumps)) } : fault;
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
  const where = { disk: '', memory: ', home in memory', small: ', home on a small disk' }[place];
  const silent = receiver === 'none' ? '' : ', alerts to a silent receiver';
  const node = `stops in ${stopMs} ms, crashes by ${crash}${around}${where}${silent}`;
  return `seed ${seed} (${node}): ${steps.map(describeStep).join(', ')}`;
}

function describeStep({ action, fault }: Step): string {
  if (fault === null) return action;
  const { name, afterMs, forMs, jumpSeconds = 0, recovery } = fault;
  const by = jumpSeconds === 0 ? '' : ` by ${jumpSeconds / hour}h`;
  return `${action} †${name}@${afterMs}ms${by}${forMs > 0 ? ` for ${forMs}ms` : ''} → ${recovery}`;
}
