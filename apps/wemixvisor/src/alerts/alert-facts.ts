import type { HealthSnapshot } from '@wemixvisor/health';
import type { LifecycleSnapshot } from '@wemixvisor/process';
import type { AlertEvent } from '../settings/alert-events.ts';
import type { Settings } from '../settings/settings.ts';
import type { Trouble } from './alert.ts';

/** A restart for health that was asked for and not made. */
export interface RestartNotMade {
  /** Why not, in words. */
  readonly refusal: string;
  /** What is wrong with the node. */
  readonly reason: string;
}

/** All that alerts judge by. */
export interface AlertFacts {
  readonly lifecycle: LifecycleSnapshot;
  /** Failures of the node in a row, since the operator last started it or it last ran long enough. */
  readonly failures: number;
  /** Null where the node is not up. */
  readonly health: HealthSnapshot | null;
  /** The last line of the node's log at its last end. */
  readonly lastLine: string | null;
  readonly restartNotMade: RestartNotMade | null;
  /** The log's file system has no room. */
  readonly logDiskFull: boolean;
}

/** What is wrong, and which events nothing can be said about now: a trouble of theirs stays as it was. */
export interface Judgement {
  readonly troubles: readonly Trouble[];
  readonly unjudged: ReadonlySet<AlertEvent>;
  /** The operator wants the node down: whatever was wrong with it is over. */
  readonly over: boolean;
}

/** The settings that alerts judge by: how long a trouble may last untold, and whether a node that failed is restarted. */
export type AlertSettings = Pick<
  Settings,
  'alertsDegradedAfter' | 'alertsProlongedSync' | 'autoRestart' | 'maxRestarts' | 'restart'
>;
