import type {
  Crashed,
  ExitDiagnosis,
  Facts,
  Failed,
  LastExit,
  NodeRun,
  Phase,
  PlannedUpgrade,
  Running,
  Starting,
  StateName,
  Stopped,
  StopPhase,
  Stopping,
  Upgrading,
} from './lifecycle/state.ts';
import type { NodeCommand } from './node-command.ts';
import type { MemoryKills, ProcessIdentity } from './platform/platform.ts';
import type { LifecycleRecord } from './snapshot.ts';

type Check<T> = (value: unknown) => value is T;

/**
 * Checks a record that may be damaged or written by another version; undefined unless every field is valid.
 * Takes exactly the present shape: migrating older ones is the caller's business.
 *
 * @example
 * parseLifecycleRecord({ state: 'stopped' }); // undefined: its other fields are missing
 */
export function parseLifecycleRecord(value: unknown): LifecycleRecord | undefined {
  return isFacts(value) && isPhase(value) ? value : undefined;
}

const isString: Check<string> = (value) => typeof value === 'string';
const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';
const isNumber: Check<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isCount: Check<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
const isPid: Check<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) > 1;
const oneOf =
  <const T extends string>(...names: readonly T[]): Check<T> =>
  (value): value is T =>
    (names as readonly unknown[]).includes(value);
const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value);
const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);
const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(check);
const object =
  <T>(fields: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Check<unknown>>(fields).every(([name, check]) =>
      check((value as Record<string, unknown>)[name]),
    );

const isIdentity = object<ProcessIdentity>({
  pid: isPid,
  startTime: isString,
  bootId: isString,
  executable: orNull(isString),
});
const isRun = object<NodeRun>({
  identity: isIdentity,
  recorder: isIdentity,
  startedAt: isNumber,
  adopted: isBoolean,
  logMark: optional(isString),
  killsBefore: optional(object<MemoryKills>({ group: isString, count: isCount })),
});
const isDiagnosis = object<ExitDiagnosis>({
  cause: isString,
  class: oneOf('never', 'short', 'retry', 'hold'),
  summary: isString,
  remedy: isString,
  evidence: isString,
  confidence: oneOf('certain', 'likely'),
});
const isLastExit = object<LastExit>({
  code: orNull(isNumber),
  signal: orNull(isString),
  cause: oneOf('unasked', 'asked', 'grace-period', 'forced'),
  at: isNumber,
  uptimeMs: orNull(isNumber),
  lastLine: orNull(isString),
  diagnosis: optional(isDiagnosis),
});
const isEnvironment: Check<NodeCommand['env']> = (value): value is NodeCommand['env'] =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(isString);
const isCommand = object<NodeCommand>({
  file: isString,
  args: listOf(isString),
  env: isEnvironment,
  cwd: isString,
});
const isObject: Check<object> = (value): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isFacts = object<Facts>({
  since: optional(isNumber),
  desired: oneOf('up', 'down'),
  generation: isCount,
  restarts: object<Facts['restarts']>({ crash: isCount, health: isCount, operator: isCount }),
  failures: isCount,
  healthRestarts: listOf(isNumber),
  lastExit: orNull(isLastExit),
  command: orNull(isCommand),
  upgrade: optional(
    object<PlannedUpgrade>({ plan: isObject, from: orNull(isCommand), to: isCommand }),
  ),
});

const phases: { readonly [S in StateName]: Check<Extract<Phase, { state: S }>> } = {
  stopped: object<Stopped>({ state: oneOf('stopped'), reason: orNull(isString) }),
  starting: object<Starting>({
    state: oneOf('starting'),
    run: orNull(isRun),
    cause: oneOf('start', 'operator', 'health', 'crash'),
  }),
  running: object<Running>({ state: oneOf('running'), run: isRun }),
  stopping: object<Stopping>({
    state: oneOf('stopping'),
    run: orNull(isRun),
    then: oneOf('rest', 'upgrade', 'policy', 'start', 'operator', 'health'),
    reason: isString,
    survivors: optional(listOf(isIdentity)),
    asked: isBoolean,
    phase: optional(object<StopPhase>({ what: isString, since: isNumber })),
    killedFor: orNull(oneOf('grace-period', 'forced')),
    next: orNull(isCommand),
    graceMs: isNumber,
    killAt: orNull(isNumber),
    extendUntil: optional(isNumber),
  }),
  upgrading: object<Upgrading>({ state: oneOf('upgrading') }),
  crashed: object<Crashed>({
    state: oneOf('crashed'),
    dueAt: isNumber,
    hold: optional((value): value is true => value === true),
    reason: isString,
  }),
  error: object<Failed>({ state: oneOf('error'), reason: isString }),
};

const isPhase: Check<Phase> = (value): value is Phase =>
  Object.values<Check<Phase>>(phases).some((check) => check(value));
