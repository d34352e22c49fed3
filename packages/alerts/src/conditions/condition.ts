import type { AlertEvent } from '../alert-events.ts';
import type { Severity } from '../alert.ts';

/** Something that happened once and is over. */
export interface Occurrence {
  /** Two with the same key are the same thing. */
  readonly key: string;
  readonly event: AlertEvent;
  readonly severity: Severity;
  readonly summary: string;
}

/** Something that is wrong at this moment. */
export interface Condition extends Occurrence {
  /** Milliseconds that it must last before it is raised. */
  readonly holdMs: number;
  /** How near it has come: it is told of again where this has grown, and has no reminders. @default reminders */
  readonly step?: number;
}

/** The result of judging the facts of one moment. */
export interface Judgement {
  readonly conditions: readonly Condition[];
  /** Events that cannot be judged now: a condition of theirs stays as it was. */
  readonly unjudged: ReadonlySet<AlertEvent>;
  /** The operator wants the node down: every condition is over. */
  readonly over: boolean;
}

/** A condition named after its event, raised at once unless `holdMs` says otherwise. */
export function conditionOf(
  event: AlertEvent,
  severity: Severity,
  summary: string,
  holdMs = 0,
): Condition {
  return { key: event, event, severity, summary, holdMs };
}
