import type { ExitFindings } from '../../src/classify-exit.ts';
import type { Exited, LifecycleEvent } from '../../src/lifecycle/event.ts';
import {
  factsOf,
  initialLifecycle,
  type ExitDiagnosis,
  type Facts,
  type LastExit,
  type Lifecycle,
  type NodeRun,
  type PlannedUpgrade,
} from '../../src/lifecycle/state.ts';
import type { NodeCommand } from '../../src/node-command.ts';

/** The moment at which the events of these tests happen. */
export const at = 1_000_000;

export const run: NodeRun = {
  identity: { pid: 4_321, startTime: '77', bootId: 'boot', executable: '/usr/bin/geth' },
  recorder: { pid: 4_320, startTime: '76', bootId: 'boot', executable: '/bin/dash' },
  startedAt: 900_000,
  adopted: false,
};

export const command: NodeCommand = {
  file: '/usr/bin/geth',
  args: ['--http'],
  env: { HOME: '/x' },
  cwd: '/',
};

/** An upgrade of that command to another one. */
export const upgrade: PlannedUpgrade = {
  plan: { step: 'waiting' },
  from: command,
  to: { ...command, file: '/usr/bin/geth-new' },
};

export const facts: Facts = {
  ...factsOf(initialLifecycle),
  desired: 'up',
  generation: 3,
  command,
};

/** What a classifier found out. */
export const diagnosis: ExitDiagnosis = {
  cause: 'low-disk',
  class: 'retry',
  summary: 'the disk is full',
  remedy: 'make room',
  evidence: 'Low disk space',
  confidence: 'certain',
};

const exit: LastExit = {
  code: 0,
  signal: null,
  cause: 'unasked',
  at,
  uptimeMs: 60_000,
  lastLine: 'bye',
};

/** One lifecycle in each state, and one more where a child is on its way. */
export const lifecycles = {
  stopped: { ...facts, desired: 'down', state: 'stopped', reason: null },
  'starting, no child yet': { ...facts, state: 'starting', run: null, cause: 'start' },
  starting: { ...facts, state: 'starting', run, cause: 'start' },
  running: { ...facts, state: 'running', run },
  'stopping, no child yet': stopping({ run: null, asked: false, killAt: null }),
  'stopping, SIGTERM waits': stopping({ asked: false }),
  stopping: stopping({}),
  'stopping, may have more time': stopping({ extendUntil: at + 1_700_000 }),
  upgrading: { ...facts, state: 'upgrading', upgrade },
  'upgrading, plan lost': { ...facts, state: 'upgrading' },
  crashed: { ...facts, failures: 1, state: 'crashed', dueAt: at + 2_000, reason: 'exit code 1' },
  'crashed, on hold': {
    ...facts,
    state: 'crashed',
    dueAt: at + 2_000,
    hold: true,
    reason: 'the disk is full (exit code 0)',
    lastExit: { ...exit, diagnosis: { ...diagnosis, class: 'hold' } },
  },
  error: { ...facts, failures: 6, state: 'error', reason: 'exit code 1' },
} as const satisfies Record<string, Lifecycle>;

export function stopping(
  changes: Partial<Extract<Lifecycle, { state: 'stopping' }>>,
): Extract<Lifecycle, { state: 'stopping' }> {
  return {
    ...facts,
    desired: 'down',
    state: 'stopping',
    run,
    then: 'rest',
    reason: 'stopped by the operator',
    asked: true,
    killedFor: null,
    next: null,
    graceMs: 300_000,
    killAt: at + 200_000,
    ...changes,
  };
}

/** The findings of a classifier. */
export function found(kind: ExitDiagnosis['class'], cause = diagnosis.cause): ExitFindings {
  return { lastLine: 'bye', diagnosis: { ...diagnosis, cause, class: kind } };
}

/** The end of the node of generation 3, a minute after its start. */
export function exited(changes: Partial<Exited> = {}): Exited {
  return {
    type: 'exited',
    generation: 3,
    at,
    seenAt: at,
    code: 1,
    signal: null,
    uptimeMs: 60_000,
    classifiedAt: at,
    findings: { lastLine: null },
    killed: false,
    left: [],
    ran: true,
    jitter: 0,
    ...changes,
  };
}

const spawnFailed = {
  type: 'spawnFailed',
  generation: 3,
  at,
  reason: 'no program',
  jitter: 0,
} as const;

/** Every event, and its variants where they are dealt with apart. */
export const events = {
  startRequested: { type: 'startRequested', at, command },
  stopRequested: { type: 'stopRequested', at },
  'stopRequested, forced': { type: 'stopRequested', at, force: true },
  'restartRequested by the operator': { type: 'restartRequested', at, cause: 'operator' },
  'restartRequested for health': { type: 'restartRequested', at, cause: 'health' },
  upgradePlanned: { type: 'upgradePlanned', upgrade },
  upgradeRequested: { type: 'upgradeRequested', at, upgrade },
  upgradeFinished: { type: 'upgradeFinished', at, command, upgrade },
  spawned: { type: 'spawned', generation: 3, run },
  'spawnFailed for good': { ...spawnFailed, permanent: true },
  'spawnFailed for now': { ...spawnFailed, permanent: false },
  becameReady: { type: 'becameReady', generation: 3 },
  terminationWaits: { type: 'terminationWaits', generation: 3, at },
  terminationDelivered: { type: 'terminationDelivered', generation: 3, at },
  stopPhaseSeen: { type: 'stopPhaseSeen', generation: 3, at, what: 'writing cached state' },
  'progressTold: it writes': { type: 'progressTold', generation: 3, at, isWriting: true },
  'progressTold: nothing': { type: 'progressTold', generation: 3, at, isWriting: false },
  survivorsFound: {
    type: 'survivorsFound',
    generation: 3,
    at,
    survivors: [{ ...run.identity, pid: 4_322 }],
    recovered: false,
    code: 1,
    signal: null,
  },
  'exited with code 0': exited({ code: 0 }),
  'exited with code 1': exited(),
  'exited by SIGKILL': exited({ code: null, signal: 'SIGKILL' }),
  'exited, status unknown': exited({ code: null }),
  'exited before it ran': exited({ code: 125, ran: false }),
  'exited, daemon left': exited({ code: 0, left: [{ ...run.identity, pid: 4_323 }] }),
  'exited, hopeless': exited({ findings: found('never') }),
  'exited, obstacle': exited({ code: 0, findings: found('hold') }),
  'exited, short obstacle': exited({ findings: found('short') }),
  'holdChecked: over': { type: 'holdChecked', generation: 3, over: true },
  'holdChecked: not yet': { type: 'holdChecked', generation: 3, over: false },
  'timerFired: restart': { type: 'timerFired', timer: 'restart', generation: 3, at },
  'timerFired: kill': { type: 'timerFired', timer: 'kill', generation: 3, at },
  'recovered, child alive': { type: 'recovered', at, found: 'alive' },
  'recovered, child absent': { type: 'recovered', at, found: 'absent' },
} as const satisfies Record<string, LifecycleEvent>;
