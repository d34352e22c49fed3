import type { NodeCommand } from '../node-command.ts';
import type { MemoryKills, ProcessIdentity } from '../platform/platform.ts';

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

/**
 * What a classifier made of an end that nobody asked for. Plain JSON. Its class is what a restart can do about it:
 * - `never`: nothing; the state is `error` at once.
 * - `retry`: it may help; the restart policy decides, as where nothing is known.
 * - `hold`: nothing before a condition has cleared (room on the disk, a lock, a port); it is waited for.
 * - `short`: it may help once; after a second end of this cause it is a `hold`.
 */
export interface ExitDiagnosis {
  /** A stable name, such as `port-taken`. */
  readonly cause: string;
  readonly class: 'never' | 'short' | 'retry' | 'hold';
  /** One line for people: what happened. */
  readonly summary: string;
  /** One line for people: what to do. */
  readonly remedy: string;
  /** The line of the log that tells. */
  readonly evidence: string;
  readonly confidence: 'certain' | 'likely';
}

/** How the node last ended; code and signal are both null when the status is unknown. */
export interface LastExit {
  /** The exit code; null where a signal ended it. */
  readonly code: number | null;
  /** The name of the signal that ended it, as `SIGKILL`; null where none did. */
  readonly signal: string | null;
  /** Decided once, when the end is recorded. */
  readonly cause: ExitCause;
  /** Epoch milliseconds of the end. */
  readonly at: number;
  /** Milliseconds that it ran; null where that is not known. */
  readonly uptimeMs: number | null;
  /** The last line the node wrote, as `classifyExit` found it; null when it found none. */
  readonly lastLine: string | null;
  /** What the end means, as `classifyExit` found out. Absent where that is unknown, or somebody asked for the end. */
  readonly diagnosis?: ExitDiagnosis;
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
  /** Where the log ended when it was made, as `logMark` gave it. Absent where nobody said. */
  readonly logMark?: string;
  /** The kernel's count of kills for lack of memory in its control group when it was made. Absent where nobody counts. */
  readonly killsBefore?: MemoryKills;
}

/** Who or what asked for a spawn. */
export type StartCause = 'start' | 'operator' | 'health' | 'crash';

/** An exchange of the node's program, from its plan on; the last one stays when it is over. */
export interface PlannedUpgrade {
  /** Where it stands: plain JSON of whoever drives it, opaque to the lifecycle. */
  readonly plan: object;
  /** The command before it; null where there was none. */
  readonly from: NodeCommand | null;
  /** The command that it is to bring. */
  readonly to: NodeCommand;
}

/** What every state carries. */
export interface Facts {
  /** Epoch milliseconds at which the present state was entered. Absent before the first change, and in a record of 0.4.0. */
  readonly since?: number;
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
  /** Absent where no upgrade was ever planned. */
  readonly upgrade?: PlannedUpgrade;
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
/** What a node does that is to end. */
export interface StopPhase {
  /** For people: `writing cached state`. */
  readonly what: string;
  /** Epoch milliseconds at which it was first seen. */
  readonly since: number;
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
  /** What it does or waits for at present. Absent while nobody knows. */
  readonly phase?: StopPhase;
  /** Why SIGKILL was ordered, first cause; null while it was not. */
  readonly killedFor: KillCause | null;
  /** The command that replaces the present one for the next spawn; null keeps the present one. */
  readonly next: NodeCommand | null;
  /** Length of the grace period in milliseconds; 0: endless. */
  readonly graceMs: number;
  /** Epoch milliseconds at which the grace period ends; null: never. */
  readonly killAt: number | null;
  /** Epoch milliseconds until which the grace period is extended while the node writes its state. Absent: it is not. */
  readonly extendUntil?: number;
}
/** Down while the binary is exchanged. */
export interface Upgrading {
  readonly state: 'upgrading';
}
/** Down, and a restart is due. */
export interface Crashed {
  readonly state: 'crashed';
  /** Epoch milliseconds of the restart; of the first look at the condition where it waits for one. */
  readonly dueAt: number;
  /** The restart waits until what the last exit's diagnosis names has cleared. Absent where it does not. */
  readonly hold?: true;
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
  const planned = lifecycle.upgrade && { upgrade: lifecycle.upgrade };
  return { desired, generation, restarts, failures, healthRestarts, lastExit, command, ...planned };
}
