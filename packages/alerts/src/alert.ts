import type { AlertEvent } from './alert-events.ts';

/** How bad a condition is: `critical` needs the operator now. */
export type Severity = 'info' | 'warning' | 'critical';

/** The node that an alert is about. */
export interface AlertedNode {
  /** The name of the machine that sent the alert. */
  readonly host: string;
  /** The folder that tells this node from others on the same host. */
  readonly home: string;
  /** The name of its chain; null where that is not known. */
  readonly network: string | null;
  /** The path of its program; null where that is not known. */
  readonly binary: string | null;
  /** The state of its process, as the caller names it. */
  readonly state: string;
  /** Null while it has no process. */
  readonly pid: number | null;
}

/**
 * The message that is sent for an event. It contains no secrets. The `json` webhook and the exec hook receive it as
 * JSON.
 */
export interface Alert {
  /** The version of this form. */
  readonly schema: 1;
  /** The same in all attempts to deliver it. */
  readonly id: string;
  /** A condition is `raised`, possibly followed by `reminder`, then `resolved`; a `notice` is a single occurrence. */
  readonly status: 'raised' | 'reminder' | 'resolved' | 'notice' | 'test';
  /** The same from `raised` to `resolved`: it tells two conditions of one event apart. */
  readonly key: string;
  /** What it is about. */
  readonly event: AlertEvent | 'test';
  readonly severity: Severity;
  /** One line of text for people. */
  readonly summary: string;
  /** When it was sent, ISO 8601. */
  readonly at: string;
  /** When the condition began, ISO 8601. */
  readonly since: string;
  readonly node: AlertedNode;
}
