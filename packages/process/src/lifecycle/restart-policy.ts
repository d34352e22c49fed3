import { ProcessError } from '../errors.ts';

/** When a node that ended is restarted, and how long a stop may take. */
export interface RestartPolicy {
  /** Which ends are followed by a restart; `on-failure`: a non-zero exit, a signal or an unknown end. @default 'on-failure' */
  readonly restart: 'on-failure' | 'always' | 'never';
  /** Diagnosed causes of which an end with exit code 0 is a failure, too. @default [] */
  readonly failureCauses: readonly string[];
  /** Restarts in a row that may fail before the operator is needed. @default 5 */
  readonly maxRestarts: number;
  /** Milliseconds before the first restart; doubles with each further failure. @default 5_000 */
  readonly restartDelayMs: number;
  /** Longest delay in milliseconds. @default 300_000 */
  readonly restartDelayMaxMs: number;
  /** Milliseconds of uptime after which earlier failures are forgotten. @default 600_000 */
  readonly restartResetMs: number;
  /** Random share of the delay, 0 to 1, added to it. @default 0 */
  readonly restartJitter: number;
  /** Milliseconds between SIGTERM and SIGKILL; 0 never kills. @default 300_000 */
  readonly stopTimeoutMs: number;
  /**
   * Longest grace period in milliseconds for a node that is still writing its state, as `stopPhase` says, when `stopTimeoutMs` are over. No
   * longer than `stopTimeoutMs`, or in a stop with a grace period of its own: nothing is extended. @default 1_800_000
   */
  readonly stopTimeoutMaxMs: number;
  /** The separate budget of restarts asked for by health checks. */
  readonly health: HealthRestartPolicy;
}

/** How many restarts health checks may ask for. */
interface HealthRestartPolicy {
  /** Restarts within the window. @default 3 */
  readonly maxRestarts: number;
  /** Length of the window in milliseconds. @default 21_600_000 */
  readonly windowMs: number;
  /** Least milliseconds between two of them. @default 1_800_000 */
  readonly cooldownMs: number;
}

/** A policy of which every part may be left out, for its documented default. */
export type RestartPolicyOptions = Partial<Omit<RestartPolicy, 'health'>> & {
  readonly health?: Partial<HealthRestartPolicy>;
};

/** The defaults of {@link RestartPolicy}. */
export const defaultRestartPolicy: RestartPolicy = {
  restart: 'on-failure',
  failureCauses: [],
  maxRestarts: 5,
  restartDelayMs: 5_000,
  restartDelayMaxMs: 300_000,
  restartResetMs: 600_000,
  restartJitter: 0,
  stopTimeoutMs: 300_000,
  stopTimeoutMaxMs: 1_800_000,
  health: { maxRestarts: 3, windowMs: 21_600_000, cooldownMs: 1_800_000 },
};

/** Milliseconds between two looks whether what a restart waits for has cleared. */
export const holdCheckMs = 10_000;

/** Milliseconds until the restart after so many failures in a row; `jitter` is a random number from 0 to 1. */
export function restartDelay(failures: number, jitter: number, policy: RestartPolicy): number {
  const doubled = policy.restartDelayMs * 2 ** Math.max(0, failures - 1);
  const delay = Math.min(doubled, policy.restartDelayMaxMs);
  return Math.round(delay * (1 + jitter * policy.restartJitter));
}

/** The longest delay the policy can give after so many failures, jitter included. */
export function longestRestartDelay(failures: number, policy: RestartPolicy): number {
  return restartDelay(failures, 1, policy);
}

/** The earlier health restarts that still count at the given time. */
export function recentHealthRestarts(
  times: readonly number[],
  at: number,
  policy: RestartPolicy,
): readonly number[] {
  return times.filter((time) => time <= at && at - time < policy.health.windowMs);
}

/**
 * Epoch milliseconds from which on budget and cooldown allow one more restart for health; a time that is not in the
 * future allows it now. Infinity when the policy allows none.
 */
export function nextHealthRestartAt(
  times: readonly number[],
  at: number,
  policy: RestartPolicy,
): number {
  const { maxRestarts, windowMs, cooldownMs } = policy.health;
  if (maxRestarts === 0) return Number.POSITIVE_INFINITY;
  const recent = recentHealthRestarts(times, at, policy);
  const cool = (recent.at(-1) ?? Number.NEGATIVE_INFINITY) + cooldownMs;
  const spent = recent.at(-Math.floor(maxRestarts)) ?? Number.NEGATIVE_INFINITY;
  return Math.max(cool, spent + windowMs);
}

/** Whether budget and cooldown allow one more restart for health. */
export function allowsHealthRestart(
  times: readonly number[],
  at: number,
  policy: RestartPolicy,
): boolean {
  return nextHealthRestartAt(times, at, policy) <= at;
}

/**
 * The policy with its defaults, checked: a delay that is not a number would restart without a pause.
 *
 * @throws ProcessError `POLICY_INVALID` naming the field.
 */
export function completePolicy(options: RestartPolicyOptions = {}): RestartPolicy {
  const health = { ...defaultRestartPolicy.health, ...options.health };
  const policy = { ...defaultRestartPolicy, ...options, health };
  if (!['on-failure', 'always', 'never'].includes(policy.restart)) {
    const message = `restart is ${policy.restart}: give on-failure, always or never`;
    throw new ProcessError('POLICY_INVALID', message);
  }
  for (const [name, value] of numbersOf(policy)) {
    if (Number.isFinite(value) && value >= 0) continue;
    throw new ProcessError('POLICY_INVALID', `${name} is ${value}: give a number from 0 up`);
  }
  return policy;
}

const numbers = [
  'maxRestarts',
  'restartDelayMs',
  'restartDelayMaxMs',
  'restartResetMs',
  'restartJitter',
  'stopTimeoutMs',
  'stopTimeoutMaxMs',
] as const;
const healthNumbers = ['maxRestarts', 'windowMs', 'cooldownMs'] as const;

const numbersOf = (policy: RestartPolicy): readonly (readonly [string, number])[] => [
  ...numbers.map((name) => [name, policy[name]] as const),
  ...healthNumbers.map((name) => [`health.${name}`, policy.health[name]] as const),
];
