import type { ExitFindings } from '../classify-exit.ts';
import type { NodeCommand } from '../node-command.ts';
import type { ProcessIdentity } from '../platform/platform.ts';
import type { NodeRun, PlannedUpgrade } from './state.ts';

/** What happened. `at` is epoch milliseconds, `jitter` a random number from 0 to 1 drawn by the runner. */
export type LifecycleEvent =
  | { readonly type: 'startRequested'; readonly at: number; readonly command: NodeCommand }
  | {
      readonly type: 'stopRequested';
      readonly at: number;
      /** Grace period of this stop; undefined takes the policy's, 0 never kills. */
      readonly timeoutMs?: number | undefined;
      readonly force?: boolean | undefined;
      /** Who asked, for the reason. */
      readonly source?: string | undefined;
    }
  | {
      readonly type: 'restartRequested';
      readonly at: number;
      readonly cause: 'operator' | 'health';
      readonly reason?: string | undefined;
      readonly timeoutMs?: number | undefined;
      /** Replaces the command; undefined keeps it. */
      readonly command?: NodeCommand | undefined;
    }
  /** An upgrade is planned, or where it stands has changed. */
  | { readonly type: 'upgradePlanned'; readonly upgrade: PlannedUpgrade }
  | {
      readonly type: 'upgradeRequested';
      readonly at: number;
      /** Saved with the change of state. */
      readonly upgrade: PlannedUpgrade;
    }
  | {
      readonly type: 'upgradeFinished';
      readonly at: number;
      /** The command from now on. */
      readonly command: NodeCommand | null;
      readonly upgrade: PlannedUpgrade;
    }
  | { readonly type: 'spawned'; readonly generation: number; readonly run: NodeRun }
  | {
      readonly type: 'spawnFailed';
      readonly generation: number;
      readonly at: number;
      readonly reason: string;
      /** No restart can cure it (no such file, not executable). */
      readonly permanent: boolean;
      readonly jitter: number;
    }
  | { readonly type: 'becameReady'; readonly generation: number }
  /** The node cannot take its SIGTERM yet, which would end it at once. */
  | { readonly type: 'terminationWaits'; readonly generation: number; readonly at: number }
  | { readonly type: 'terminationDelivered'; readonly generation: number; readonly at: number }
  | {
      /** What a node does that is to end; null when that is not known any more. */
      readonly type: 'stopPhaseSeen';
      readonly generation: number;
      readonly at: number;
      readonly what: string | null;
    }
  | {
      /** Whether a node whose grace period is over is still writing its state. */
      readonly type: 'progressTold';
      readonly generation: number;
      readonly at: number;
      readonly isWriting: boolean;
    }
  | {
      /** The first process of the node ended, and others of it live on: they were asked to end too. */
      readonly type: 'survivorsFound';
      readonly generation: number;
      readonly at: number;
      /** All that were found so far. */
      readonly survivors: readonly ProcessIdentity[];
      /** An earlier supervisor had this node, so that no timer runs for it. */
      readonly recovered: boolean;
      /** How the first process ended. */
      readonly code: number | null;
      readonly signal: string | null;
    }
  | Exited
  | {
      readonly type: 'timerFired';
      readonly timer: TimerName;
      readonly generation: number;
      readonly at: number;
    }
  | {
      /** Somebody looked whether a restart still has to wait. */
      readonly type: 'holdChecked';
      readonly generation: number;
      readonly over: boolean;
    }
  | {
      /** A new supervisor read the record of an earlier one. */
      readonly type: 'recovered';
      readonly at: number;
      readonly found: 'alive' | 'absent';
    };

/** The child of a generation ended, and nobody of it is left. */
export interface Exited {
  readonly type: 'exited';
  readonly generation: number;
  /** When it ended. */
  readonly at: number;
  /** When the end was seen, before classification: later than `at` if no supervisor was watching. */
  readonly seenAt: number;
  /** Now: `seenAt` plus the time it took to look who is left, and to classify. */
  readonly classifiedAt: number;
  readonly findings: ExitFindings;
  /** False when no SIGKILL had been sent by the time the end was seen, whatever was ordered during classification. */
  readonly killed: boolean;
  readonly code: number | null;
  readonly signal: string | null;
  readonly uptimeMs: number;
  /** Who left the node's session and writes to its log still: a node that nobody watches. */
  readonly left: readonly ProcessIdentity[];
  /** False when the node's program was never executed. */
  readonly ran: boolean;
  readonly jitter: number;
}

/** `restart`: the backoff is over; `kill`: the grace period is over. */
export type TimerName = 'restart' | 'kill';
