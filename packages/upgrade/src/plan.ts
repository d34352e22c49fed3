/**
 * Where an upgrade stands:
 * - `waiting`: staged and checked, its time has not come; the node is untouched.
 * - `stopping`: the old program is asked to end.
 * - `preparing`: the node is down; its data is copied or put back, and the hook runs.
 * - `watching`: the new program was started and has to prove itself.
 * - `going-back`: it did not; it is being replaced by the old one.
 * - `kept`, `gone-back`, `held`, `cancelled`, `failed`: over. `held`: the new program did not prove itself and stays, as there is no way back.
 */
type UpgradeStep =
  | 'waiting'
  | 'stopping'
  | 'preparing'
  | 'watching'
  | 'going-back'
  | 'kept'
  | 'gone-back'
  | 'held'
  | 'cancelled'
  | 'failed';

/** A node program. */
export interface Release {
  /** As it says itself, such as `1.17.5-stable`; null where it does not say. */
  readonly version: string | null;
  /** The staged copy, which is always there. */
  readonly program: string;
  /** SHA-256 of its content; null for a program that is not staged: a script, which may need what lies beside it. */
  readonly sha256: string | null;
}

/** When the switch may begin: all that is given has to hold. */
export interface Schedule {
  /** Not before this moment, epoch milliseconds. */
  readonly notBefore: number | null;
  /** At the latest, whether the node is idle or not, epoch milliseconds. */
  readonly latest: number | null;
  /** Not before the node's head has this number. */
  readonly height: number | null;
  /** Only while the node follows the head of its chain and has nothing else to do. */
  readonly idle: boolean;
}

/** How the node was just before the switch; what is null was not known, and is not asked of the new program. */
interface Baseline {
  readonly chainId: number | null;
  readonly genesisHash: string | null;
  readonly head: number | null;
  /** Seconds between blocks; null where the head was not seen to advance. */
  readonly blockSeconds: number | null;
  readonly peers: number | null;
  /** What the old program wrote as errors, without its figures. */
  readonly errors: readonly string[];
}

/** An upgrade as plain JSON: all that the next supervisor needs to go on with it. */
export interface UpgradePlan {
  readonly id: string;
  readonly step: UpgradeStep;
  /** A program that ran here before returns. */
  readonly isRollback: boolean;
  /** Epoch milliseconds at which that step was entered. */
  readonly since: number;
  readonly from: Release;
  readonly to: Release;
  readonly schedule: Schedule;
  /** Milliseconds for which the new program is watched. */
  readonly watchMs: number;
  /** The new program gets the arguments that the old one has at the switch. */
  readonly keepsArguments: boolean;
  /** The old program returns by itself. */
  readonly rollback: boolean;
  /** The folder that the data is copied to before the switch. */
  readonly backup: string | null;
  /** The folder that the data is put back from before the switch. */
  readonly restore: string | null;
  /** A program and its arguments, run while the node is down. */
  readonly hook: readonly string[] | null;
  /** What `--force` overrode, a line each. */
  readonly forced: readonly string[];
  readonly baseline: Baseline | null;
  /** Why it ended as it did, or goes back, in words. */
  readonly reason: string | null;
}

/** The steps after which nothing follows. */
const over: readonly UpgradeStep[] = ['kept', 'gone-back', 'held', 'cancelled', 'failed'];

/** Whether nothing follows from a plan any more. */
export const isOver = ({ step }: Pick<UpgradePlan, 'step'>): boolean => over.includes(step);

const steps: readonly string[] = [
  'waiting',
  'stopping',
  'preparing',
  'watching',
  'going-back',
  ...over,
] satisfies readonly UpgradeStep[];

/**
 * A plan before anything is done, now, in epoch milliseconds. What is not asked for has its default: it begins at once, goes back by itself,
 * keeps the arguments, copies nothing, runs no hook and overrides nothing.
 *
 * @example
 * const release = { version: null, program: '/srv/geth', sha256: null };
 * newPlan({ from: release, to: release, watchMs: 600_000 }, Date.now()).step; // 'waiting'
 */
export function newPlan(
  asked: Pick<UpgradePlan, 'from' | 'to' | 'watchMs'> & Partial<Asked>,
  now: number,
): UpgradePlan {
  return {
    schedule: { notBefore: null, latest: null, height: null, idle: false },
    isRollback: false,
    rollback: true,
    keepsArguments: true,
    backup: null,
    restore: null,
    hook: null,
    forced: [],
    ...asked,
    id: new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('.', '-'),
    step: 'waiting',
    since: now,
    baseline: null,
    reason: null,
  };
}

/** What can be asked for of an upgrade. */
type Asked = Omit<UpgradePlan, 'id' | 'step' | 'since' | 'baseline' | 'reason'>;

/**
 * Reads a plan that was saved; undefined where it is none, so that nobody acts on half of one.
 *
 * @example
 * parsePlan({ step: 'waiting' }); // undefined: its other fields are missing
 */
export function parsePlan(value: unknown): UpgradePlan | undefined {
  const plan = Object(value) as Readonly<Record<string, unknown>>;
  const isWhole =
    steps.includes(String(plan['step'])) &&
    typeof plan['id'] === 'string' &&
    Number.isFinite(plan['since']) &&
    Number.isFinite(plan['watchMs']) &&
    ['rollback', 'keepsArguments', 'isRollback'].every((name) => typeof plan[name] === 'boolean') &&
    [plan['from'], plan['to']].every(isRelease) &&
    isSchedule(plan['schedule']) &&
    ['backup', 'restore', 'reason'].every((name) => isTextOrNull(plan[name])) &&
    (plan['hook'] === null || isTexts(plan['hook'])) &&
    isTexts(plan['forced']) &&
    (plan['baseline'] === null || isBaseline(plan['baseline']));
  return isWhole ? (value as UpgradePlan) : undefined;
}

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isNumberOrNull = (value: unknown): boolean => value === null || Number.isFinite(value);
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function isRelease(value: unknown): boolean {
  const { version, program, sha256 } = Object(value) as Partial<Record<keyof Release, unknown>>;
  return [version, sha256].every(isTextOrNull) && typeof program === 'string';
}

function isSchedule(value: unknown): boolean {
  const schedule = Object(value) as Partial<Record<keyof Schedule, unknown>>;
  const { notBefore, latest, height, idle } = schedule;
  return [notBefore, latest, height].every(isNumberOrNull) && typeof idle === 'boolean';
}

function isBaseline(value: unknown): boolean {
  const baseline = Object(value) as Partial<Record<keyof Baseline, unknown>>;
  const { chainId, genesisHash, head, blockSeconds, peers, errors } = baseline;
  const numbers = [chainId, head, blockSeconds, peers];
  return numbers.every(isNumberOrNull) && isTextOrNull(genesisHash) && isTexts(errors);
}
