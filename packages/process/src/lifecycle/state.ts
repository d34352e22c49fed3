import type { NodeCommand } from '../node-command.ts';
import type { ProcessIdentity } from '../platform/platform.ts';

/** The names users see. */
export type StateName =
  | 'stopped'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'upgrading'
  | 'crashed'
  | 'error';

/**
 * Why the node ended:
 * - `unasked`: no request ended it. A stop may have been requested, but the node was gone before its SIGTERM was sent.
 * - `asked`: it ended after SIGTERM, within its grace period.
 * - `grace-period`: it was killed because it outlasted its grace period.
 * - `forced`: it was killed because the operator asked for that.
 */
export type ExitCause = 'unasked' | 'asked' | 'grace-period' | 'forced';

/** Why SIGKILL was ordered. */
export type KillCause = Extract<ExitCause, 'grace-period' | 'forced'>;

/** How the node last ended; code and signal are both null when the status is unknown. */
export interface LastExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Decided once, when the end is recorded. */
  readonly cause: ExitCause;
  /** Epoch milliseconds of the end. */
  readonly at: number;
  readonly uptimeMs: number | null;
  /** The last line the node wrote, as `classifyExit` found it; null when it found none. */
  readonly lastLine: string | null;
}

/** One child that exists, or existed a moment ago. */
export interface NodeRun {
  readonly identity: ProcessIdentity;
  /** The shell that waits for the node, leads its process group and records how it ended. */
  readonly recorder: ProcessIdentity;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The present supervisor did not start it. */
  readonly adopted: boolean;
}

/** Who or what asked for a spawn. */
export type StartCause = 'start' | 'operator' | 'health' | 'crash';

/** What every state carries. */
export interface Facts {
  /** What the operator wants. */
  readonly desired: 'up' | 'down';
  /** Number of the latest spawn; events of older spawns are dropped. */
  readonly generation: number;
  /** Restarts since the operator's last start, by cause. */
  readonly restarts: { readonly crash: number; readonly health: number; readonly operator: number };
  /** Failures in a row. */
  readonly failures: number;
  /** Epoch milliseconds of the health restarts that may still count. */
  readonly healthRestarts: readonly number[];
  readonly lastExit: LastExit | null;
  /** The command of the present process, or of the next spawn when none runs; null before the first start. */
  readonly command: NodeCommand | null;
}

/** Down, and nothing is due. */
export interface Stopped {
  readonly state: 'stopped';
  readonly reason: string | null;
}
/** Spawned or about to be (`run` is null until the child is known), readiness not yet seen. */
export interface Starting {
  readonly state: 'starting';
  readonly run: NodeRun | null;
  readonly cause: StartCause;
}
/** Up and seen ready. */
export interface Running {
  readonly state: 'running';
  readonly run: NodeRun;
}
/** Asked to end, or ending; `then` remembers what follows, `policy` what the restart policy makes of an unasked end. */
export interface Stopping {
  readonly state: 'stopping';
  readonly run: NodeRun | null;
  readonly then: 'rest' | 'upgrade' | 'policy' | Exclude<StartCause, 'crash'>;
  /** Why, for people. */
  readonly reason: string;
  /** Who of the node outlived its first process; each has received its one SIGTERM. Absent while nobody has. */
  readonly survivors?: readonly ProcessIdentity[];
  /** The one SIGTERM was delivered. */
  readonly asked: boolean;
  /** Why SIGKILL was ordered, first cause; null while it was not. */
  readonly killedFor: KillCause | null;
  /** The command that replaces the present one for the next spawn; null keeps the present one. */
  readonly next: NodeCommand | null;
  /** Length of the grace period in milliseconds; 0: endless. */
  readonly graceMs: number;
  /** Epoch milliseconds at which the grace period ends; null: never. */
  readonly killAt: number | null;
}
/** Down while the binary is exchanged. */
export interface Upgrading {
  readonly state: 'upgrading';
}
/** Down, and a restart is due. */
export interface Crashed {
  readonly state: 'crashed';
  readonly dueAt: number;
  readonly reason: string;
}
/** Down until the operator acts. */
export interface Failed {
  readonly state: 'error';
  readonly reason: string;
}

/** What the present state carries. */
export type Phase = Stopped | Starting | Running | Stopping | Upgrading | Crashed | Failed;

/** The one state of a node, together with the facts that outlive states. Plain JSON. */
export type Lifecycle = Facts & Phase;

/** A node that was never started. */
export const initialLifecycle: Lifecycle = {
  state: 'stopped',
  reason: null,
  desired: 'down',
  generation: 0,
  restarts: { crash: 0, health: 0, operator: 0 },
  failures: 0,
  healthRestarts: [],
  lastExit: null,
  command: null,
};

/** The child of a lifecycle, if it has one. */
export function runOf(lifecycle: Lifecycle): NodeRun | null {
  switch (lifecycle.state) {
    case 'starting':
    case 'running':
    case 'stopping':
      return lifecycle.run;
    case 'stopped':
    case 'upgrading':
    case 'crashed':
    case 'error':
      return null;
  }
}

/** The facts alone, without what belongs to the present state. */
export function factsOf(lifecycle: Facts): Facts {
  const { desired, generation, restarts, failures, healthRestarts, lastExit, command } = lifecycle;
  return { desired, generation, restarts, failures, healthRestarts, lastExit, command };
}
